using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>When a workload counts as serving, and when as dead.</summary>
public sealed class ReadinessTests
{
    private readonly DeployWorld _world = new();

    [Fact]
    public async Task A_restart_of_the_engine_does_not_make_an_instance_dead()
    {
        await _world.DeployAsync();
        _world.Runtime.Bounce("nua_notes_database_1");
        _world.Runtime.Bounce("nua_notes_app_1");

        await _world.RestartAsync();

        Assert.Equal("http://10.0.0.4:8000/", _world.Gateway.RouteOf(DeployWorld.Domain)!.Address.AbsoluteUri);
        Assert.Null((await _world.RunAsync(new StartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes))).Problem);
    }

    [Fact]
    public async Task An_image_that_the_package_names_is_asked_by_the_packages_health_check()
    {
        var asked = new List<(string Workload, string Line)>();
        _world.Runtime.OnExec = (id, command) =>
        {
            asked.Add((id.Value, command.Arguments[^1]));
            return new ExecOutcome(0, "", "");
        };
        _world.AddImage("1.1", """
            [[provider]]
            name = "cache"
            type = "docker-image"
            [provider.build]
            base-image = "docker.io/library/valkey:8"
            [provider.healthcheck]
            command = "valkey-cli ping"
            interval = 1
            """);

        var ended = await _world.DeployAsync("1.1");

        Assert.Null(ended.Problem);
        Assert.Contains(("nua_notes_cache_1", "valkey-cli ping"), asked);
    }

    [Fact]
    public async Task What_ends_while_it_is_waited_for_is_dead()
    {
        _world.Runtime.OnExec = (id, _) =>
        {
            _world.Runtime.Bounce(id.Value);
            return new ExecOutcome(1, "", "still starting");
        };

        var ended = await _world.DeployAsync();

        Assert.Equal("deploy.provider-died", ended.Problem!.Code);
    }

    [Fact]
    public async Task A_health_command_that_hangs_is_ended_and_asked_again()
    {
        _world.AddImage("1.1", "[healthcheck]\ncommand = \"hang\"\ninterval = 1\ntimeout = 1\nretries = 0\nstart-period = 1");
        _world.Runtime.BeforeExecAsync = async (command, cancellation) =>
        {
            if (command.Arguments[^1] == "hang")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
        };

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal(("deploy.app-not-answering", OperationState.Failed), (ended.Problem!.Code, ended.State));
        Assert.Contains("no answer within 1 s", ended.Problem.Message);
    }

    [Fact]
    public async Task What_a_health_command_says_is_shown_without_the_instances_secrets()
    {
        _world.AddImage("1.1", "[healthcheck]\ncommand = \"check\"\ninterval = 1\ntimeout = 1\nretries = 0\nstart-period = 1");
        _world.Runtime.OnExec = (_, command) => command.Arguments[^1] == "check"
            ? new ExecOutcome(1, "", $"cannot log in with {_world.Runtime.SpecOf("nua_notes_app_1").Secrets["DB_PASSWORD"].Reveal()}")
            : null;

        var ended = await _world.DeployAsync("1.1");

        Assert.Contains("cannot log in with [secret]", ended.Problem!.Message);
    }

    [Fact]
    public async Task An_app_that_cannot_be_asked_must_live_a_while()
    {
        _world.AddImage("1.1", config => config.Replace("[port.web]\ncontainer = 8000", ""));
        var looks = 0;
        _world.Runtime.BeforeFind = id =>
        {
            if (id.Value == "nua_notes_app_1" && ++looks == 3)
            {
                _world.Runtime.Crash(id.Value, exitCode: 3);
            }
        };

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal("deploy.app-died", ended.Problem!.Code);
    }
}
