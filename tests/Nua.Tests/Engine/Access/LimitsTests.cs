using Nua.Engine.Access;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Access;

public sealed class LimitsTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void Who_guesses_is_shut_out_and_each_time_for_longer_up_to_an_hour()
    {
        var lockOut = new LockOut(_clock);
        var waits = new List<int>();
        for (var time = 0; time < 8; time++)
        {
            Guess(lockOut, "a", LockOut.Borne - 1);
            Assert.Null(lockOut.Of("a"));
            Guess(lockOut, "a", 1);
            waits.Add((int)lockOut.Of("a")!.Value.TotalMinutes);
            _clock.Pass(lockOut.Of("a")!.Value);
            Assert.Null(lockOut.Of("a"));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
        Assert.Null(lockOut.Of("b"));
    }

    [Fact]
    public void Mistakes_are_forgotten_and_so_are_old_sins()
    {
        var lockOut = new LockOut(_clock);
        Guess(lockOut, "a", LockOut.Borne - 1);
        _clock.Pass(LockOut.Window + TimeSpan.FromSeconds(1));
        Guess(lockOut, "a", LockOut.Borne - 1);
        Assert.Null(lockOut.Of("a"));

        Guess(lockOut, "a", 1);
        _clock.Pass(TimeSpan.FromHours(3));
        Guess(lockOut, "a", LockOut.Borne);

        Assert.Equal(TimeSpan.FromMinutes(1), lockOut.Of("a"));
    }

    [Fact]
    public void A_flood_of_addresses_takes_no_more_memory_than_so_much()
    {
        var lockOut = new LockOut(_clock);

        for (var address = 0; address < 100_000; address++)
        {
            lockOut.Strike($"{address}");
        }

        Assert.Equal(10_000, lockOut.Remembered);
    }

    [Fact]
    public void Each_may_ask_so_often_at_once_and_then_at_a_steady_pace()
    {
        var budget = new RequestBudget(burst: 3, perSecond: 2, _clock);

        Assert.Equal([null, null, null, TimeSpan.FromSeconds(0.5)], Enumerable.Range(0, 4).Select(_ => budget.Take("a")));
        Assert.Null(budget.Take("b"));

        _clock.Pass(TimeSpan.FromSeconds(0.5));
        Assert.Equal([null, TimeSpan.FromSeconds(0.5)], Enumerable.Range(0, 2).Select(_ => budget.Take("a")));

        _clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => budget.Take("a") is null));
    }

    private static void Guess(LockOut lockOut, string address, int times)
    {
        for (var guess = 0; guess < times; guess++)
        {
            lockOut.Strike(address);
        }
    }
}
