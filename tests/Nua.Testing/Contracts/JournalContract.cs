using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Xunit;

namespace Nua.Testing.Contracts;

/// <summary>What every journal of instances and deployments promises.</summary>
public abstract class JournalContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly InstanceName Notes = InstanceName.Parse("notes");

    /// <summary>A journal with nothing in it.</summary>
    protected abstract Task<IJournal> NewJournalAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_never_deployed_is_not_there()
    {
        var journal = await NewJournalAsync();

        Assert.Empty(await journal.InstancesAsync(Cancellation));
        Assert.Null(await journal.FindAsync(Notes, Cancellation));
        Assert.Empty(await journal.HistoryAsync(Notes, Cancellation));
    }

    [Fact]
    public async Task A_deployment_makes_the_instance_and_comes_back_whole()
    {
        var journal = await NewJournalAsync();

        await journal.CommitAsync(Deployment(1), Cancellation);

        Assert.Equal(
            new InstanceRecord(Notes, "hedgedoc", DesiredState.Started, 1, "notes.localhost", Noon),
            await journal.FindAsync(Notes, Cancellation));
        Assert.Equivalent(Deployment(1), await journal.DeploymentAsync(Notes, 1, Cancellation), strict: true);
    }

    [Fact]
    public async Task Committing_twice_changes_nothing()
    {
        var journal = await NewJournalAsync();

        await journal.CommitAsync(Deployment(1), Cancellation);
        await journal.CommitAsync(Deployment(1) with { Domain = "notes.localhost" }, Cancellation);

        Assert.Single(await journal.HistoryAsync(Notes, Cancellation));
    }

    [Fact]
    public async Task The_newest_deployment_is_the_current_one()
    {
        var journal = await NewJournalAsync();
        await journal.CommitAsync(Deployment(1), Cancellation);
        await journal.SetDesiredAsync(Notes, DesiredState.Stopped, Cancellation);

        await journal.CommitAsync(Deployment(2) with { Domain = "b.org" }, Cancellation);

        var instance = await journal.FindAsync(Notes, Cancellation);
        Assert.Equal((2, "b.org", DesiredState.Started), (instance!.Deployment, instance.Domain, instance.Desired));
        Assert.Equal([2, 1], (await journal.HistoryAsync(Notes, Cancellation)).Select(deployment => deployment.Number));
    }

    [Fact]
    public async Task A_removed_instance_is_not_listed_and_keeps_its_history()
    {
        var journal = await NewJournalAsync();
        await journal.CommitAsync(Deployment(1), Cancellation);

        await journal.SetDesiredAsync(Notes, DesiredState.Removed, Cancellation);

        Assert.Empty(await journal.InstancesAsync(Cancellation));
        Assert.Equal(DesiredState.Removed, (await journal.FindAsync(Notes, Cancellation))!.Desired);
        Assert.Single(await journal.HistoryAsync(Notes, Cancellation));
    }

    [Fact]
    public async Task An_instance_may_have_data_until_it_is_erased()
    {
        var journal = await NewJournalAsync();
        await journal.CommitAsync(Deployment(1), Cancellation);

        await journal.SetDesiredAsync(Notes, DesiredState.Removed, Cancellation);
        var removed = await journal.WithDataAsync(Cancellation);
        await journal.SetDesiredAsync(Notes, DesiredState.Erased, Cancellation);

        Assert.Equal(Notes, Assert.Single(removed).Name);
        Assert.Empty(await journal.WithDataAsync(Cancellation));
    }

    [Fact]
    public async Task A_paused_instance_is_there_and_keeps_its_domain()
    {
        var journal = await NewJournalAsync();
        var wiki = Deployment(1) with { Instance = InstanceName.Parse("wiki") };
        await journal.CommitAsync(Deployment(1), Cancellation);
        await journal.SetDesiredAsync(Notes, DesiredState.Paused, Cancellation);

        var refusal = await Assert.ThrowsAsync<NuaException>(() => journal.CommitAsync(wiki, Cancellation));

        Assert.Equal("deploy.domain-taken", refusal.Problem.Code);
        Assert.Equal(DesiredState.Paused, Assert.Single(await journal.InstancesAsync(Cancellation)).Desired);
    }

    [Fact]
    public async Task A_domain_has_one_instance_until_that_one_is_removed()
    {
        var journal = await NewJournalAsync();
        var wiki = Deployment(1) with { Instance = InstanceName.Parse("wiki") };
        await journal.CommitAsync(Deployment(1), Cancellation);
        await journal.SetDesiredAsync(Notes, DesiredState.Stopped, Cancellation);

        var refusal = await Assert.ThrowsAsync<NuaException>(() => journal.CommitAsync(wiki, Cancellation));

        Assert.Equal("deploy.domain-taken", refusal.Problem.Code);
        Assert.Contains("'notes'", refusal.Problem.Message);
        Assert.Empty(await journal.HistoryAsync(wiki.Instance, Cancellation));
        await journal.SetDesiredAsync(Notes, DesiredState.Removed, Cancellation);
        await journal.CommitAsync(wiki, Cancellation);
    }

    [Fact]
    public async Task A_host_is_one_instances_or_each_has_a_path_of_it()
    {
        var journal = await NewJournalAsync();
        var wiki = Deployment(1) with { Instance = InstanceName.Parse("wiki"), Domain = "notes.localhost/wiki" };
        await journal.CommitAsync(Deployment(1), Cancellation);

        var refusal = await Assert.ThrowsAsync<NuaException>(() => journal.CommitAsync(wiki, Cancellation));
        await journal.CommitAsync(Deployment(2) with { Domain = "notes.localhost/notes" }, Cancellation);
        await journal.CommitAsync(wiki, Cancellation);

        Assert.Equal("deploy.host-shared", refusal.Problem.Code);
        Assert.Equal(2, (await journal.InstancesAsync(Cancellation)).Count);
    }

    private static Deployment Deployment(int number) => new(
        Notes,
        number,
        "hedgedoc",
        "1.9.7",
        "notes.localhost",
        "nua_notes",
        [
            new WorkloadPlan(
                WorkloadPlan.AppRole,
                $"nua_notes_app_{number}",
                "fake-sql",
                "2",
                "nua-hedgedoc:1.9.7",
                "sha256:1",
                true,
                ["serve"],
                new Dictionary<string, EnvValue>
                {
                    ["TZ"] = EnvValue.Of("Europe/Paris"),
                    ["PASSWORD"] = EnvValue.Of(new KeptReference("app", "PASSWORD", KeptKind.RandomText, 24)),
                },
                [new Mount.OfVolume("nua_notes_data", "/data"), new Mount.OfMemory("/tmp", 1024, 0x1ff)],
                [new PublishedPort(25, 2525)],
                new Limits(1 << 30, 0.5, 100),
                new Dictionary<string, string> { ["shm_size"] = "\"64m\"" },
                "op"),
        ],
        [new VolumePlan("nua_notes_data", "data", "local", new Dictionary<string, string> { ["o"] = "size=1m" }, "op")],
        3000,
        true,
        "{}",
        "op",
        Noon);
}
