using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>An app and the applications that were built with it run as one instance.</summary>
public sealed class SubApplicationTests
{
    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task It_runs_before_the_app_and_after_what_it_asks()
    {
        _world.AddImageWithPart("1.0");

        var ended = await _world.DeployAsync();

        Assert.Null(ended.Problem);
        var deployment = (await _world.Journal.DeploymentAsync(DeployWorld.Notes, 1, Cancellation))!;
        Assert.Equal(["database", "worker", "app"], deployment.Workloads.Select(workload => workload.Role));
        Assert.Equal(["nua_notes_app_1", "nua_notes_database_1", "nua_notes_worker_1"], _world.Runtime.Running.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_app_finds_it_by_its_name_and_shares_its_secret()
    {
        _world.AddImageWithPart("1.0");
        await _world.DeployAsync();

        var (app, worker) = (_world.Runtime.SpecOf("nua_notes_app_1"), _world.Runtime.SpecOf("nua_notes_worker_1"));

        Assert.Equal("worker", app.Environment["WORKER"]);
        Assert.Equal(["worker"], worker.Aliases);
        Assert.Equal(app.Network, worker.Network);
        Assert.Equal(worker.Secrets["TOKEN"], app.Secrets["TOKEN"]);
        Assert.Equal("user_c", worker.Environment["DB_USER"]);
        Assert.Empty(worker.Publish);
    }

    [Fact]
    public async Task What_runs_is_the_image_that_was_built_with_the_app_wherever_its_name_went()
    {
        var before = _world.AddImageWithPart("1.0");
        var worker = await _world.Images.FindAsync("nua-notes__worker:1.0", Cancellation);
        _world.AddImageWithPart("1.0");

        var ended = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), new DeployRequest(before.Id, DeployWorld.Notes));

        Assert.Null(ended.Problem);
        Assert.Equal(worker!.Id, _world.Runtime.SpecOf("nua_notes_worker_1").Image);
    }

    [Fact]
    public async Task One_that_is_gone_is_missed_before_anything_happens()
    {
        _world.AddImageWithPart("1.0");
        await _world.Images.RemoveAsync("nua-notes__worker:1.0", Cancellation);

        var ended = await _world.DeployAsync();

        Assert.Equal(("deploy.no-sub-application", ProblemKind.NotFound), (ended.Problem!.Code, ended.Problem.Kind));
        Assert.Empty(_world.Runtime.Running);
        Assert.Empty(_world.Runtime.Networks);
    }

    [Fact]
    public async Task It_is_not_deployed_by_itself()
    {
        _world.AddImageWithPart("1.0");

        var ended = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), new DeployRequest("nua-notes__worker:1.0", DeployWorld.Notes));

        Assert.Equal("deploy.sub-application", ended.Problem!.Code);
        Assert.Contains("nua deploy notes", ended.Problem.Hint);
    }

    [Fact]
    public async Task A_new_version_replaces_it_and_one_as_before_stays()
    {
        _world.AddImageWithPart("1.0");
        await _world.DeployAsync();
        var again = DeployWorld.ResultOf(await _world.DeployAsync());
        _world.AddImageWithPart("1.1");

        await _world.DeployAsync("1.1");

        Assert.False(again.Changed);
        Assert.Equal(["nua_notes_app_2", "nua_notes_database_1", "nua_notes_worker_2"], _world.Runtime.Running.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_version_that_fails_leaves_the_old_one_running()
    {
        _world.AddImageWithPart("1.0");
        await _world.DeployAsync();
        var before = _world.Everything;
        _world.AddImageWithPart("1.1");
        _world.Runtime.FailOn(
            nameof(IRuntimeDriver.StartAsync), new Problem(ProblemKind.Unavailable, "runtime.disk-full", "Full.", "Free some."), "nua_notes_worker_2");

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal(OperationState.Failed, ended.State);
        Assert.Equal(before, _world.Everything);
    }

    [Fact]
    public async Task A_web_port_is_asked_and_a_health_command_before_it()
    {
        var asked = new List<string>();
        _world.Runtime.OnExec = (id, command) =>
        {
            asked.Add($"{id.Value}: {command.Arguments[^1]}");
            return new ExecOutcome(0, "", "");
        };
        _world.AddImageWithPart("1.0", "[provider.port.web]\ncontainer = 9000\n");
        await _world.DeployAsync();
        Assert.DoesNotContain(asked, line => line.StartsWith("nua_notes_worker", StringComparison.Ordinal));
        Assert.Contains(_world.Probe.Asked, address => address.Port == 9000);

        _world.AddImageWithPart("1.1", "[provider.healthcheck]\ncommand = \"well\"\ninterval = 1\n[provider.run]\npost-run = \"after\"");
        Assert.Null((await _world.DeployAsync("1.1")).Problem);
        Assert.Equal(["nua_notes_worker_2: well", "nua_notes_worker_2: after"], asked.Where(line => line.StartsWith("nua_notes_worker", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stop_start_and_destroy_take_it_along()
    {
        _world.AddImageWithPart("1.0", "[[provider.volume]]\nname = \"queue\"\ntarget = \"/queue\"");
        await _world.DeployAsync();

        await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        Assert.Empty(_world.Runtime.Running);
        await _world.RunAsync(new StartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        Assert.Equal(3, _world.Runtime.Running.Count);
        await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes));

        Assert.Empty(_world.Runtime.Running);
        Assert.Contains("nua_notes_worker-queue", _world.Runtime.Volumes);
    }

    [Fact]
    public async Task A_provider_that_is_an_image_runs_it_with_what_the_package_says()
    {
        _world.AddImage(
            "1.1",
            """
            [[provider]]
            name = "cache"
            type = "docker-image"
            base-image = "docker.io/library/redis:7"
            env = { MODE = "cache" }
            volume = [{ name = "kept", target = "/data" }]
            docker = { mem_limit = "64m" }
            """);

        Assert.Null((await _world.DeployAsync("1.1")).Problem);

        var spec = _world.Runtime.SpecOf("nua_notes_cache_1");
        Assert.Equal("sha256:docker.io/library/redis:7:", spec.Image);
        Assert.Equal("cache", spec.Environment["MODE"]);
        Assert.Equal(64L << 20, spec.Limits.MemoryBytes);
        Assert.Contains("nua_notes_cache-kept", _world.Runtime.Volumes);
    }
}
