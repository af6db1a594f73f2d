using System.Diagnostics;
using Nua.Core.Starting;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>The agent as process 1 of containers, in the smallest image that has a shell.</summary>
public sealed class AgentTests : IClassFixture<AgentTests.AgentImage>, IAsyncLifetime
{
    private readonly string _container = $"nua-test-agent-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await DockerCommand.TryAsync("rm", "--force", _container);

    [Fact]
    public async Task It_runs_the_images_lines_in_order_as_the_images_user_and_ends_as_the_last()
    {
        var (exitCode, output) = await RunAsync("GREETING=hello", command: []);

        Assert.Equal(["hello from nua in /nua/build, home /nua", "uid=1000(nua) gid=1000(nua) groups=44(media),1000(nua)"], Lines(output));
        Assert.Equal(7, exitCode);
    }

    [Fact]
    public async Task A_line_that_fails_ends_the_container_with_its_code_and_says_so()
    {
        var (exitCode, output) = await RunAsync("STOP=3", command: []);

        Assert.Equal(3, exitCode);
        Assert.Equal("nua: 'exit ${STOP:-0}' failed with exit code 3; nothing after it is started.", Lines(output)[^1]);
    }

    [Theory]
    [InlineData("nosuch", 127)]
    [InlineData("/etc/passwd", 126)]
    public async Task A_program_that_cannot_be_started_is_reported_as_shells_do(string program, int expected)
    {
        var (exitCode, output) = await RunAsync("A=1", program);

        Assert.Equal(expected, exitCode);
        Assert.StartsWith($"nua: cannot start '{program}': ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_a_signal_ends_gives_128_and_the_signal()
    {
        var (exitCode, _) = await RunAsync("A=1", "sh", "-c", "kill -9 $$");

        Assert.Equal(137, exitCode);
    }

    [Fact]
    public async Task Where_the_end_of_children_is_ignored_it_ends_instead_of_waiting_for_ever()
    {
        // On this machine: the shell of the image does not pass on what it ignores.
        using var agent = Process.Start(new ProcessStartInfo(
            "/bin/bash", ["-c", $"trap '' CHLD; exec {PublishedAgent.File} start -- /bin/sh -c 'exit 3'"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;

        var said = await agent.StandardError.ReadToEndAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await agent.WaitForExitAsync(Cancellation);
        Assert.Equal(125, agent.ExitCode);
        Assert.Contains("the program is gone", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("USR1")]
    [InlineData("HUP")]
    public async Task Signals_reach_the_program(string signal)
    {
        await StartAsync("sh", "-c", $"trap 'echo got {signal}; exit 5' {signal}; echo ready; while :; do sleep 0.1; done");

        await DockerCommand.RunAsync("kill", "--signal", signal, _container);

        Assert.Equal("5", (await DockerCommand.RunAsync("wait", _container)).Trim());
        Assert.Equal(["ready", $"got {signal}"], Lines(await DockerCommand.RunAsync("logs", _container)));
    }

    [Fact]
    public async Task A_server_behind_a_compound_line_hears_of_the_end_and_is_waited_for()
    {
        const string Server = "trap 'sleep 0.5; echo finished; exit 0' TERM; echo ready; while :; do sleep 0.1; done";
        await StartAsync("sh", "-c", $"cd / && sh -c \"{Server}\"; true");

        await DockerCommand.RunAsync("stop", "--time", "20", _container);

        Assert.Contains("finished", Lines(await DockerCommand.RunAsync("logs", _container)));
    }

    [Fact]
    public async Task Orphans_are_collected()
    {
        await StartAsync("sh", "-c", "for i in 1 2 3; do (sleep 0.1 &) ; done; echo ready; exec sleep 60");

        // One that nobody collects stays in the list.
        await Eventually.TrueAsync(
            async () => Lines(await DockerCommand.RunAsync("exec", _container, "ps", "-o", "comm")).Count(name => name == "sleep") == 1,
            Cancellation);
    }

    [Fact]
    public async Task Secrets_reach_the_program_and_neither_the_log_nor_the_inspection()
    {
        var secrets = Directory.CreateTempSubdirectory("nua-test-secrets-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(secrets.FullName, "secrets.json"), """{"PASSWORD": "pa ss'w\"ord"}""", Cancellation);
            await DockerCommand.RunAsync(
                "run", "--detach", "--name", _container, "--volume", $"{secrets.FullName}:/run/nua", AgentImage.Name,
                "sh", "-c", "printf %s \"$PASSWORD\" | wc -c; exec sleep 60");
            await Eventually.TrueAsync(async () => (await DockerCommand.RunAsync("logs", _container)).Length > 0, Cancellation);

            Assert.Equal("11", (await DockerCommand.RunAsync("logs", _container)).Trim());
            Assert.DoesNotContain("w\\\"ord", await DockerCommand.RunAsync("inspect", _container), StringComparison.Ordinal);
        }
        finally
        {
            secrets.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Check_tells_whether_the_server_runs()
    {
        await DockerCommand.RunAsync("run", "--detach", "--name", _container, "--env", "WAIT=yes", AgentImage.Name);

        Assert.Equal(1, (await DockerCommand.TryAsync("exec", _container, "/usr/local/bin/nua-agent", "check")).ExitCode);

        await DockerCommand.RunAsync("exec", _container, "touch", "/tmp/go");
        await Eventually.TrueAsync(
            async () => (await DockerCommand.TryAsync("exec", _container, "/usr/local/bin/nua-agent", "check")).ExitCode == 0, Cancellation);
    }

    [Fact]
    public async Task Standard_output_can_be_opened_by_name()
    {
        var (exitCode, output) = await RunAsync("A=1", "sh", "-c", "echo written > /dev/stdout");

        Assert.Equal((0, "written"), (exitCode, output.Trim()));
    }

    [Fact]
    public async Task Without_the_right_to_change_users_it_says_what_it_needs()
    {
        var (exitCode, output) = await DockerCommand.TryAsync("run", "--rm", "--cap-drop", "ALL", AgentImage.Name, "true");

        Assert.Equal(125, exitCode);
        Assert.Contains("SETUID and SETGID", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_with_a_read_only_root_and_as_a_user_that_the_engine_chose()
    {
        var (exitCode, output) = await DockerCommand.TryAsync(
            "run", "--rm", "--read-only", "--user", "1000", "--cap-drop", "ALL", AgentImage.Name, "id", "-u");

        Assert.Equal((0, "1000"), (exitCode, output.Trim()));
    }

    [Fact]
    public async Task It_is_one_file_of_at_most_five_megabytes_that_needs_no_library()
    {
        Assert.InRange(new FileInfo(PublishedAgent.File).Length, 1, 5_000_000);

        // The image holds a static shell and nothing else.
        var (exitCode, output) = await DockerCommand.TryAsync("run", "--rm", "--entrypoint", "/usr/local/bin/nua-agent", AgentImage.Name, "--version");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("nua-agent ", output, StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<(int ExitCode, string Output)> RunAsync(string variable, params string[] command) =>
        DockerCommand.TryAsync(["run", "--rm", "--env", variable, AgentImage.Name, .. command]);

    private async Task StartAsync(params string[] command)
    {
        await DockerCommand.RunAsync(["run", "--detach", "--name", _container, AgentImage.Name, .. command]);
        await Eventually.TrueAsync(
            async () => (await DockerCommand.RunAsync("logs", _container)).Contains("ready", StringComparison.Ordinal), Cancellation);
    }

    /// <summary>An image with a shell, a user, the agent and something to start.</summary>
    public sealed class AgentImage : IAsyncLifetime
    {
        public const string Name = "nua-test/agent:1";

        private static readonly StartFile Start = new(
            Before: ["exit ${STOP:-0}", "while [ -n \"$WAIT\" ] && [ ! -e /tmp/go ]; do sleep 0.1; done"],
            Start: ["echo $GREETING from $USER in $(pwd), home $HOME; id", "[ -z \"$WAIT\" ] || exec sleep 60; exit 7"]);

        public async ValueTask InitializeAsync()
        {
            var context = Directory.CreateTempSubdirectory("nua-agent-").FullName;
            try
            {
                File.Copy(PublishedAgent.File, Path.Combine(context, "agent"));
                await File.WriteAllTextAsync(Path.Combine(context, "start.json"), Start.ToJson());
                await File.WriteAllTextAsync(
                    Path.Combine(context, "passwd"), "root:x:0:0:root:/:/bin/sh\nnua:x:1000:1000::/nua:/bin/sh\n");
                await File.WriteAllTextAsync(Path.Combine(context, "group"), "root:x:0:\nnua:x:1000:\nmedia:x:44:nua\n");
                await File.WriteAllTextAsync(
                    Path.Combine(context, "Dockerfile"),
                    $"""
                    FROM {TinyImage.Name}
                    COPY passwd group /etc/
                    RUN mkdir -p /nua/build /tmp && chmod 1777 /tmp
                    COPY agent /usr/local/bin/nua-agent
                    COPY start.json /nua/metadata/start.json
                    ENTRYPOINT ["/usr/local/bin/nua-agent", "start"]
                    """);
                await DockerCommand.RunAsync("build", "--quiet", "--tag", Name, context);
            }
            finally
            {
                Directory.Delete(context, recursive: true);
            }
        }

        public async ValueTask DisposeAsync() => await DockerCommand.TryAsync("rmi", "--force", Name);
    }
}
