using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Testing.Contracts;

public abstract partial class RuntimeDriverContract
{
    private string OtherNetwork => $"{_name}-other";

    /// <summary>Not every driver can have a workload in further networks.</summary>
    private INetworkGuests Guests
    {
        get
        {
            Assert.SkipUnless(Runtime is INetworkGuests, "The driver cannot have guests in networks.");
            return (INetworkGuests)Runtime;
        }
    }

    [Fact]
    public async Task A_workload_joins_further_networks_and_leaves_them_and_stays_in_its_own()
    {
        await StartGuestAsync();
        await Guests.JoinAsync(Sleeper.Id, OtherNetwork, ["database"], Cancellation);
        await Guests.JoinAsync(Sleeper.Id, OtherNetwork, ["database"], Cancellation);
        var joined = await FoundAsync();

        await Guests.LeaveAsync(Sleeper.Id, OtherNetwork, Cancellation);
        await Guests.LeaveAsync(Sleeper.Id, OtherNetwork, Cancellation);
        await Guests.LeaveAsync(Sleeper.Id, _name, Cancellation);
        var left = await FoundAsync();

        Assert.Equal([OtherNetwork], joined.FurtherNetworks);
        Assert.Empty(left.FurtherNetworks);
        Assert.NotNull(joined.Address);
        Assert.Equal((joined.Address, joined.StartedAt), (left.Address, left.StartedAt));
    }

    [Fact]
    public async Task A_guest_is_one_after_it_was_stopped_and_started_but_not_when_it_is_made_anew()
    {
        var guest = await StartGuestAsync();
        await Runtime.StopAsync(guest.Id, TimeSpan.FromSeconds(1), Cancellation);
        await Guests.JoinAsync(guest.Id, OtherNetwork, ["database"], Cancellation);
        await Runtime.StartAsync(guest, Cancellation);
        var started = await FoundAsync();

        await Runtime.StartAsync(guest with { Environment = new Dictionary<string, string> { ["NEW"] = "1" } }, Cancellation);

        Assert.Equal([OtherNetwork], started.FurtherNetworks);
        Assert.Empty((await FoundAsync()).FurtherNetworks);
    }

    [Fact]
    public async Task A_network_goes_when_its_guests_have_left()
    {
        await StartGuestAsync();
        await Guests.JoinAsync(Sleeper.Id, OtherNetwork, ["database"], Cancellation);
        var inUse = await FailureAsync(() => Runtime.RemoveNetworkAsync(OtherNetwork, Cancellation));

        await Guests.LeaveAsync(Sleeper.Id, OtherNetwork, Cancellation);
        await Runtime.RemoveNetworkAsync(OtherNetwork, Cancellation);

        Assert.Equal("runtime.refused", inUse.Code);
        Assert.Equal([_name], (await Runtime.ListAsync(Cancellation)).Networks.Select(network => network.Name));
        Assert.Equal(WorkloadStatus.Running, (await FoundAsync()).Status);
    }

    [Fact]
    public async Task Nobody_is_a_guest_where_there_is_no_network_nor_one_who_is_not_there()
    {
        await StartGuestAsync();

        var nowhere = await FailureAsync(() => Guests.JoinAsync(Sleeper.Id, $"{_name}-none", ["database"], Cancellation));
        var nobody = await FailureAsync(() => Guests.JoinAsync(new WorkloadId($"{_name}-none"), OtherNetwork, ["database"], Cancellation));
        await Guests.LeaveAsync(new WorkloadId($"{_name}-none"), OtherNetwork, Cancellation);

        Assert.Equal("runtime.refused", nowhere.Code);
        Assert.Equal("runtime.workload-missing", nobody.Code);
    }

    private async Task<WorkloadSpec> StartGuestAsync()
    {
        await Runtime.EnsureNetworkAsync(Network, Cancellation);
        await Runtime.EnsureNetworkAsync(Network with { Name = OtherNetwork }, Cancellation);
        var guest = Sleeper with { Network = _name };
        await Runtime.StartAsync(guest, Cancellation);
        return guest;
    }

    private async Task<Workload> FoundAsync() => (await Runtime.FindAsync(Sleeper.Id, Cancellation))!;
}
