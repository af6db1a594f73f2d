using System.Diagnostics;
using Nua.Core;
using Nua.Core.Names;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Providers.Postgres;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Images;

public sealed class PostgresImageTests(DistroImages distro, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Password = "s3same-open";

    private readonly string _name = $"nua-test-{Guid.NewGuid():N}";
    private readonly DirectoryInfo _secrets = new(Path.Combine("/dev/shm", $"nua-test-{Guid.NewGuid():N}"));
    private DockerDriver _docker = null!;
    private WorkloadSpec _spec = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Ownership Owner => new(_name, InstanceName.Parse("guestbook"), "op-1", "database");

    private WorkloadId Id => _spec.Id;

    public async ValueTask InitializeAsync()
    {
        var image = await distro.Source.SupplyAsync(distro.Postgres, new LineLog(), Cancellation);
        _docker = new DockerDriver(DockerCommand.Socket, _secrets.FullName, _name);
        _spec = new WorkloadSpec
        {
            Id = new WorkloadId(_name),
            Owner = Owner,
            Image = image.Reference,
            Environment = new Dictionary<string, string> { ["POSTGRES_USER"] = "guest-book", ["POSTGRES_DB"] = "guests" },
            Secrets = new Dictionary<string, Secret> { ["POSTGRES_PASSWORD"] = new(Password) },
            Mounts = [new Mount.OfVolume(_name, PostgresImage.DataFolder)],
        };
        await _docker.EnsureVolumeAsync(new VolumeSpec(_name, Owner), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _docker.RemoveAsync(Id, CancellationToken.None);
        await _docker.RemoveVolumeAsync(_name, CancellationToken.None);
        _docker.Dispose();
        if (_secrets.Exists)
        {
            _secrets.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task It_serves_whoever_knows_the_password_and_nobody_else()
    {
        var watch = Stopwatch.StartNew();
        await StartAsync();
        output.WriteLine($"first start to ready: {watch.Elapsed.TotalSeconds:0.0} s");

        var right = await QueryAsync("SELECT current_database() || ' ' || current_user || ' ' || current_setting('data_checksums')");
        var wrong = await QueryAsync("SELECT 1", "wrong");

        Assert.Equal(new ExecOutcome(0, "guests guest-book on\n", ""), right);
        Assert.False(wrong.Succeeded);
        Assert.Contains("password authentication failed", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_administrator_needs_no_password_inside_and_others_get_nowhere()
    {
        await StartAsync();

        var administrator = await Local("postgres");
        var other = await Local("nobody");

        Assert.Equal("1\n", administrator.Output);
        Assert.False(other.Succeeded);

        Task<ExecOutcome> Local(string user) => _docker.ExecAsync(
            Id, new ExecCommand("psql", "--no-password", "--no-align", "--tuples-only", "--username", "guest-book", "--dbname", "guests", "--command", "SELECT 1") { User = user }, Cancellation);
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart_and_in_a_new_container()
    {
        await StartAsync();
        await QueryAsync("CREATE TABLE guests AS SELECT 'Ada' AS name");

        var watch = Stopwatch.StartNew();
        await _docker.StopAsync(Id, TimeSpan.FromSeconds(30), Cancellation);
        var stopped = await _docker.FindAsync(Id, Cancellation);
        output.WriteLine($"stop: {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Restart();
        await StartAsync();
        output.WriteLine($"restart to ready: {watch.Elapsed.TotalSeconds:0.0} s");
        var afterRestart = await QueryAsync("SELECT name FROM guests");
        await _docker.RemoveAsync(Id, Cancellation);
        await StartAsync();
        var afterRemoval = await QueryAsync("SELECT name FROM guests");

        Assert.Equal(0, stopped!.ExitCode);
        Assert.Equal(["Ada\n", "Ada\n"], [afterRestart.Output, afterRemoval.Output]);
    }

    [Fact]
    public async Task Neither_the_engine_nor_the_server_process_shows_the_password()
    {
        await StartAsync();

        var inspected = await DockerCommand.RunAsync("inspect", Id.Value);
        var server = (await DockerCommand.RunAsync("inspect", "--format", "{{.State.Pid}}", Id.Value)).Trim();
        var environment = await File.ReadAllTextAsync($"/proc/{server}/environ", Cancellation);
        var programs = await DockerCommand.RunAsync("top", Id.Value);

        Assert.DoesNotContain(Password, inspected, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, environment, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, programs, StringComparison.Ordinal);
        Assert.Contains("POSTGRES_DB=guests", environment, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("creating configuration files")]
    [InlineData("performing post-bootstrap initialization")]
    [InlineData("syncing data to disk")]
    public async Task Killed_while_it_makes_its_cluster_it_makes_it_anew(string step)
    {
        await _docker.StartAsync(_spec, Cancellation);
        await foreach (var line in _docker.ReadLogAsync(Id, new LogRequest(Follow: true), Cancellation))
        {
            if (line.Text.StartsWith(step, StringComparison.Ordinal))
            {
                break;
            }
        }

        await DockerCommand.RunAsync("kill", "--signal", "KILL", Id.Value);
        await StartAsync();

        Assert.Equal(new ExecOutcome(0, "guests\n", ""), await QueryAsync("SELECT current_database()"));
        var left = await _docker.ExecAsync(Id, new ExecCommand("ls", "-A", PostgresImage.DataFolder), Cancellation);
        Assert.DoesNotContain(".nua-making", left.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_was_half_moved_into_place_is_made_anew()
    {
        // As a power cut leaves it: the marker is there, PG_VERSION is not.
        await InVolumeAsync("mkdir -p /data/.nua-making/cluster /data/base && touch /data/pg_hba.conf /data/.nua-making/cluster/PG_VERSION");

        await StartAsync();

        Assert.Equal(new ExecOutcome(0, "guests\n", ""), await QueryAsync("SELECT current_database()"));
    }

    [Fact]
    public async Task A_volume_with_other_files_is_refused_and_left_alone()
    {
        await InVolumeAsync("echo precious > /data/letter");

        await _docker.StartAsync(_spec, Cancellation);
        await foreach (var line in _docker.ReadLogAsync(Id, new LogRequest(Follow: true), Cancellation))
        {
            if (line.Text.Contains("holds files but no database cluster", StringComparison.Ordinal))
            {
                break;
            }
        }

        await _docker.RemoveAsync(Id, Cancellation);
        Assert.Equal("letter\nprecious\n", await InVolumeAsync("ls -A /data && cat /data/letter"));
    }

    [Fact]
    public async Task It_keeps_its_budget()
    {
        var image = await distro.Store.FindAsync(_spec.Image, Cancellation);

        Assert.InRange(image!.SizeBytes, 1, 200_000_000);
    }

    private async Task StartAsync()
    {
        await _docker.StartAsync(_spec, Cancellation);
        await Eventually.TrueAsync(
            async () => await _docker.FindAsync(Id, Cancellation) is { Status: WorkloadStatus.Running } && (await QueryAsync("SELECT 1")).Succeeded,
            Cancellation);
    }

    private Task<ExecOutcome> QueryAsync(string statement, string password = Password) => _docker.ExecAsync(
        Id,
        new ExecCommand(
            "psql", "--no-password", "--no-align", "--tuples-only", "--host", "127.0.0.1", "--username", "guest-book", "--dbname", "guests", "--command", statement)
        {
            Secrets = new Dictionary<string, Secret> { ["PGPASSWORD"] = new(password) },
        },
        Cancellation);

    private Task<string> InVolumeAsync(string script) =>
        DockerCommand.RunAsync("run", "--rm", "--volume", $"{_name}:/data", TinyImage.Name, "sh", "-c", script);
}
