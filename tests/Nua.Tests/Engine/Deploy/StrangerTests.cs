using Nua.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>A journal that was lost or put back to an earlier day must not cost what runs.</summary>
public sealed class StrangerTests
{
    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task What_an_empty_journal_knows_nothing_of_is_left_alone()
    {
        var before = new DeployWorld();
        await before.DeployAsync();
        var after = new DeployWorld(runtime: before.Runtime);

        await after.RestartAsync();
        var reconciler = new Reconciler(after.Seams, after.Runner, after.Log);

        Assert.Empty(await reconciler.PassAsync(Cancellation));
        Assert.Equal("deploy.unknown-to-journal", reconciler.Refusal!.Code);
        Assert.Contains("'notes'", reconciler.Refusal.Message);
        Assert.Equal(["nua_notes_app_1", "nua_notes_database_1"], after.Runtime.Running);
        Assert.Single(after.Runtime.Networks);
    }

    [Fact]
    public async Task What_a_journal_of_an_earlier_day_knows_nothing_of_is_left_alone()
    {
        var today = new DeployWorld();
        await today.DeployAsync();
        var earlier = new DeployWorld(today.Log, today.Journal, today.Runtime);
        var later = new DeployWorld(runtime: today.Runtime);
        later.AddImage("1.1");
        await later.Journal.CommitAsync((await today.Journal.DeploymentAsync(DeployWorld.Notes, 1, Cancellation))!, Cancellation);
        await later.DeployAsync("1.1");
        var running = today.Runtime.Running;

        await earlier.RestartAsync();

        Assert.Contains("nua_notes_app_2", running);
        Assert.Equal(running, today.Runtime.Running);
    }
}
