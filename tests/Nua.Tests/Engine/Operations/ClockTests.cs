using Nua.Engine.Operations;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Operations;

/// <summary>Whoever sets the machine's clock changes what is written down as the time, and nothing else.</summary>
public sealed class ClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<TimeSpan> Jumps =>
        [TimeSpan.FromDays(60), TimeSpan.FromDays(-60), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-1)];

    [Theory]
    [MemberData(nameof(Jumps))]
    public void What_fails_is_tried_again_after_its_pause_whatever_the_clock_says(TimeSpan jump)
    {
        var clock = new HandClock();
        var backOff = new BackOff<string>(clock);
        Assert.True(backOff.MayTryNow("it"));
        clock.Set(jump);

        clock.Pass(TimeSpan.FromSeconds(14));
        Assert.False(backOff.MayTryNow("it"));

        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.True(backOff.MayTryNow("it"));
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public void Ids_sort_as_the_operations_began_whatever_the_clock_says(TimeSpan jump)
    {
        var first = OperationId.After(newest: null, Noon);
        var second = OperationId.After(first, Noon + jump);
        var third = OperationId.After(second, Noon);

        Assert.Equal([first, second, third], new[] { third, first, second }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_id_of_another_making_does_not_stand_in_the_way() =>
        Assert.StartsWith(OperationId.After(newest: null, Noon)[..12], OperationId.After("nonsense", Noon), StringComparison.Ordinal);
}
