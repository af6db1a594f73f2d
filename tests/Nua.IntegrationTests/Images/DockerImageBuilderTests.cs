using Nua.Core;
using Nua.Core.Problems;
using Nua.Drivers.Images;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Images;

public sealed class DockerImageBuilderTests : IAsyncLifetime
{
    private const string Socket = DockerCommand.Socket;

    private readonly DirectoryInfo _context = Directory.CreateTempSubdirectory("nua-test-");
    private readonly DockerImageBuilder _builder = new(Socket);
    private readonly DockerImageStore _store = new(Socket);
    private readonly LineLog _log = new();
    private readonly string _tag = $"nua-test/built:{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _store.RemoveAsync(_tag, CancellationToken.None);
        _builder.Dispose();
        _store.Dispose();
        _context.Delete(recursive: true);
    }

    [Fact]
    public async Task An_image_is_built_with_its_labels_from_a_dockerfile_outside_the_context()
    {
        await File.WriteAllTextAsync(Path.Combine(_context.FullName, "greeting"), "hello", Cancellation);

        var built = await _builder.BuildAsync(
            Build("ARG WHOM\nCOPY greeting /greeting\nRUN echo $(cat /greeting) $WHOM") with
            {
                Labels = new Dictionary<string, string> { ["rocks.nua.test"] = "a b=\"c\"" },
                Arguments = new Dictionary<string, string> { ["WHOM"] = _tag },
            },
            _log,
            Cancellation);

        Assert.Contains($"hello {_tag}", _log.Lines);
        Assert.Equal((_tag, "a b=\"c\""), (built.Reference, built.Labels["rocks.nua.test"]));
        Assert.Equal(built.Id, (await _store.FindAsync(_tag, Cancellation))?.Id);
        Assert.False(File.Exists(Path.Combine(_context.FullName, "Dockerfile")));
    }

    [Fact]
    public async Task A_command_that_fails_fails_the_build_with_its_last_lines_and_leaves_no_image()
    {
        var failure = await FailureAsync(Build("RUN for i in $(seq 50); do echo line $i; done >&2; echo 'no such module' >&2; exit 3"));

        Assert.Equal((ProblemKind.BuildFailed, "image.build-failed"), (failure.Kind, failure.Code));
        Assert.Equal(20, failure.Details.Count);
        // All on one stream: between the two streams of a step the engine promises no order.
        Assert.Equal(["line 50", "no such module"], failure.Details.TakeLast(2));
        Assert.Contains("RUN for i in", failure.Message, StringComparison.Ordinal);
        Assert.Null(await _store.FindAsync(_tag, Cancellation));
    }

    [Fact]
    public async Task A_dockerfile_with_a_mistake_is_a_failed_build_too()
    {
        var failure = await FailureAsync(Build("RUNN true"));

        Assert.Equal("image.build-failed", failure.Code);
        Assert.Contains("RUNN", string.Join('\n', failure.Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_leaves_the_image_of_before_under_its_name()
    {
        var before = await _builder.BuildAsync(Build("RUN true"), _log, Cancellation);

        await FailureAsync(Build("RUN false"));

        Assert.Equal(before.Id, (await _store.FindAsync(_tag, Cancellation))?.Id);
    }

    [Fact]
    public async Task A_secret_file_is_there_for_its_step_and_in_no_layer()
    {
        var secret = Path.Combine(_context.FullName, "token");
        await File.WriteAllTextAsync(secret, "s3same", Cancellation);
        var layer = Path.Combine(_context.FullName, "image.tar");

        await _builder.BuildAsync(
            Build($"RUN --mount=type=secret,id=token echo {_tag} $(wc -c < /run/secrets/token) bytes") with
            {
                Context = Directory.CreateDirectory(Path.Combine(_context.FullName, "context")).FullName,
                SecretFiles = new Dictionary<string, string> { ["token"] = secret },
            },
            _log,
            Cancellation);
        await DockerCommand.RunAsync("save", "--output", layer, _tag);

        Assert.Contains($"{_tag} 6 bytes", _log.Lines);
        Assert.DoesNotContain("s3same", await File.ReadAllTextAsync(layer, Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("s3same", await DockerCommand.RunAsync("history", "--no-trunc", _tag), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_build_ends_at_once_and_leaves_no_image()
    {
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var build = _builder.BuildAsync(Build($"RUN echo started {_tag} && sleep 300"), _log, impatience.Token);
        await Eventually.TrueAsync(() => Task.FromResult(_log.Lines.Contains($"started {_tag}")), Cancellation);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        Assert.Null(await _store.FindAsync(_tag, Cancellation));
        await Eventually.TrueAsync(() => Task.FromResult(!RunsStep()), Cancellation);
    }

    [Fact]
    public async Task What_a_build_of_a_killed_server_left_is_ended_and_removed_with_its_step()
    {
        var scratch = Path.Combine(_context.FullName, "scratch");
        using var builder = new DockerImageBuilder(Socket, Directory.CreateDirectory(scratch).FullName);
        var context = Directory.CreateDirectory(Path.Combine(_context.FullName, "context")).FullName;
        var build = builder.BuildAsync(Build($"RUN echo started {_tag} && sleep 300") with { Context = context }, _log, Cancellation);
        await Eventually.TrueAsync(() => Task.FromResult(_log.Lines.Contains($"started {_tag}")), Cancellation);

        var done = ScratchFolder.Remove(scratch);

        Assert.Matches(@"^Ended docker(-buildx)? \(process \d+\), which built for a server that is gone\.$", done[0]);
        await Eventually.TrueAsync(() => Task.FromResult(!RunsStep()), Cancellation);
        await Assert.ThrowsAnyAsync<Exception>(() => build);
        Assert.Null(await _store.FindAsync(_tag, Cancellation));
        // Here the builder itself lives on, and may have removed its folder first.
        Assert.False(Directory.Exists(scratch));
    }

    [Fact]
    public async Task More_builds_than_may_run_at_once_wait()
    {
        using var builder = new DockerImageBuilder(Socket, limits: new BuildLimits(AtOnce: 1));
        var second = new LineLog();
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = builder.BuildAsync(Build($"RUN echo started {_tag} && sleep 300"), _log, impatience.Token);
        await Eventually.TrueAsync(() => Task.FromResult(_log.Lines.Contains($"started {_tag}")), Cancellation);

        var waiting = builder.BuildAsync(Build($"RUN echo then {_tag}"), second, Cancellation);
        await Eventually.TrueAsync(() => Task.FromResult(second.Lines.Contains("Waiting for one of 1 builds to end.")), Cancellation);
        await impatience.CancelAsync();
        await waiting;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Contains($"then {_tag}", second.Lines);
    }

    [Fact]
    public async Task What_must_not_be_seen_is_not()
    {
        var failure = await FailureAsync(Build($"RUN echo the word is sesame {_tag}; exit 1") with { Hidden = [new Secret("sesame")] });

        Assert.Contains($"the word is *** {_tag}", _log.Lines);
        Assert.DoesNotContain("word is sesame", string.Join('\n', failure.Details) + string.Join('\n', _log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_past_its_time_is_ended_and_says_what_it_waited_for()
    {
        var failure = await FailureAsync(Build("RUN echo waiting for the moon && sleep 300") with { TimeLimit = TimeSpan.FromSeconds(8) });

        Assert.Equal((ProblemKind.BuildFailed, "image.build-timed-out"), (failure.Kind, failure.Code));
        Assert.Null(await _store.FindAsync(_tag, Cancellation));
    }

    [Fact]
    public async Task An_engine_that_is_down_is_told_from_a_failed_build()
    {
        using var nowhere = new DockerImageBuilder("/run/nua-test-no-such.sock");

        var failure = await Assert.ThrowsAsync<NuaException>(() => nowhere.BuildAsync(Build("RUN true"), _log, Cancellation));

        Assert.Equal("runtime.unreachable", failure.Problem.Code);
    }

    /// <summary>Whether a step of the build is running: on this machine, as the engine is.</summary>
    private bool RunsStep() => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains($"started {_tag} && sleep 300", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });

    private ImageBuild Build(string steps) => new()
    {
        Context = _context.FullName,
        Dockerfile = $"FROM {TinyImage.Name}\n{steps}\n",
        Tag = _tag,
    };

    private async Task<Problem> FailureAsync(ImageBuild build) =>
        (await Assert.ThrowsAsync<NuaException>(() => _builder.BuildAsync(build, _log, Cancellation))).Problem;
}
