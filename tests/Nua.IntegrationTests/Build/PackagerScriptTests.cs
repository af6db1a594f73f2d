using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Packagers' scripts, templates and folders, in images that a real engine builds and runs.</summary>
public sealed class PackagerScriptTests : IAsyncDisposable
{
    private readonly Workshop _workshop = new();
    private readonly string _container = $"nua-test-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await DockerCommand.TryAsync("rm", "--force", _container);
        await _workshop.DisposeAsync();
    }

    [Fact]
    public async Task A_script_builds_as_root_and_nothing_it_was_lent_stays()
    {
        _workshop
            .Config(
                """
                [build]
                packages = "bc"
                test = ["test -s /nua/app/sum", "! command -v bc", "! command -v cmark"]
                [run]
                start = "cat /nua/app/sum /nua/app/page.html; tree --version"
                """)
            .Write(
                "nua/build.py",
                """
                from nua.lib.actions import install_build_packages, install_packages
                from nua.lib.exec import exec_as_nua
                from nua.lib.shell import echo, sh

                install_packages("tree")
                with install_build_packages(["cmark"]):
                    sh("echo '# Hello' | cmark > /nua/app/page.html")
                sh("echo '40 + 2' | bc > /nua/app/sum")
                exec_as_nua("id -un > who && pwd >> who")
                echo("root's", "mine")
                """);

        var built = await _workshop.BuildAsync();

        Assert.Equal("plain", built.Builder);
        var (exitCode, output) = await _workshop.RunAsync();
        Assert.Equal(0, exitCode);
        Assert.StartsWith("42\n<h1>Hello</h1>\ntree v", output, StringComparison.Ordinal);
        Assert.Equal((0, "nua\n/nua/build\n"), await _workshop.RunAsync("cat", "who"));
        Assert.Equal((0, "nua nua\nnua nua\n"), await _workshop.RunAsync("stat", "-c", "%U %G", "mine", "/nua/app/sum"));
        Assert.Equal((0, "root nua 1775\n"), await _workshop.RunAsync("stat", "-c", "%U %G %a", "/nua"));
        Assert.Equal((0, ""), await _workshop.RunAsync(
            "sh", "-c", "command -v python3 nua-agent; find /var/lib/apt/lists /run/nua -mindepth 1; ls -d /nua/.cache /usr/lib/python3 /tmp/* 2>/dev/null; true"));
    }

    [Fact]
    public async Task A_shell_script_has_the_same_actions_through_the_agent()
    {
        _workshop
            .Config("")
            .Write("nua/app/settings", "host=$HOST_NAME\n")
            .Write(
                "nua/build.sh",
                """
                nua-agent do with-packages bc -- sh -c 'echo 6*7 | bc > answer'
                nua-agent do replace-in answer 42 forty-two
                nua-agent do exec-as-nua id -un
                """)
            .Write(
                "nua/start.sh",
                """
                nua-agent do environ-replace-in /nua/app/settings --env HOST_NAME=here
                cat answer /nua/app/settings
                id -un
                false
                echo never reached
                """);

        await _workshop.BuildAsync();

        var (exitCode, output) = await _workshop.RunAsync();
        Assert.Equal("forty-two\nhost=here\nnua\n", output);
        Assert.Equal(1, exitCode);
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v bc")).ExitCode);
    }

    [Fact]
    public async Task A_script_that_fails_leaves_no_image_and_shows_its_last_lines()
    {
        _workshop.Config("[run]\nstart = \"true\"\n").Write("nua/build.sh", "echo before\nls /no/such/folder\necho after\n");

        var problem = await _workshop.FailAsync();

        Assert.Equal("build.script-failed", problem.Code);
        Assert.StartsWith("nua/build.sh failed", problem.Message, StringComparison.Ordinal);
        Assert.Contains(problem.Details, line => line.Contains("/no/such/folder", StringComparison.Ordinal));
        Assert.DoesNotContain(problem.Details, line => line.EndsWith("after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_in_Python_starts_as_root_and_hands_over_to_the_user()
    {
        _workshop
            .Config("[run]\nbefore-run = \"echo before as $(id -un)\"\n")
            .Write("nua/templates/etc/app.conf.j2", "{{ name }} for {{ WHOM }}\n")
            .Write("nua/templates/etc/app.d/plain", "as it is: {{ name }}\n")
            .Write(
                "nua/start.py",
                """
                import os
                from nua.agent.templates import render_config_templates
                from nua.lib.exec import exec_as_nua

                render_config_templates({"name": "Settings"})
                print("root" if os.geteuid() == 0 else "not root", os.getcwd(), flush=True)
                exec_as_nua(["id -un", "cat /etc/app.conf /etc/app.d/plain", "echo to the log > /dev/stdout"])
                exec_as_nua("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done")
                """);
        await _workshop.BuildAsync();
        await StartAsync("--env", "WHOM=you");
        await Eventually.TrueAsync(async () => (await LogAsync()).Contains("ready", StringComparison.Ordinal), Cancellation);

        Assert.Equal(0, (await DockerCommand.TryAsync("exec", _container, "/usr/local/bin/nua-agent", "check")).ExitCode);
        Assert.Equal("nua", (await DockerCommand.RunAsync("exec", _container, "/usr/local/bin/nua-agent", "start", "--", "id", "-un")).Trim());
        Assert.Equal(
            "root root 644",
            (await DockerCommand.RunAsync("exec", _container, "stat", "-c", "%U %G %a", "/nua/scripts/start.py")).Trim());

        await DockerCommand.RunAsync("stop", "--time", "20", _container);

        string[] said = [.. (await LogAsync()).Split('\n').Where(line => line.Length > 0 && !line.StartsWith('$'))];
        Assert.Equal(
            ["before as nua", "root /nua/build", "nua", "Settings for you", "as it is: {{ name }}", "to the log", "ready", "bye"], said);
        Assert.Equal("0", (await DockerCommand.RunAsync("inspect", "--format", "{{.State.ExitCode}}", _container)).Trim());
    }

    [Fact]
    public async Task Templates_are_filled_before_the_app_starts_with_secrets_that_no_log_shows()
    {
        _workshop
            .Config(
                """
                [build]
                license = "MIT"
                [run]
                before-run = "cat /etc/app/app.conf"
                start = "stat -c '%U %a' /etc/app/app.conf"
                """)
            .Write("nua/templates/etc/app/app.conf.j2", "{{ title }} {{ version }} {{ license }} {{ MODE }} {{ PASSWORD | length }}\n");
        await _workshop.BuildAsync();
        var secrets = Directory.CreateTempSubdirectory("nua-test-secrets-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(secrets.FullName, "secrets.json"), """{"PASSWORD": "correct horse"}""", Cancellation);

            var (exitCode, output) = await DockerCommand.TryAsync(
                "run", "--rm", "--volume", $"{secrets.FullName}:/run/nua", "--env", "MODE=live", _workshop.Reference);

            Assert.Equal((0, "Test 1.0 MIT live 13\nroot 644\n"), (exitCode, output));
        }
        finally
        {
            secrets.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_script_of_a_Python_application_has_pip_and_its_environment_becomes_roots_when_root_starts_it()
    {
        _workshop
            .Config("[build]\ntest = \"python -c 'import greeting'\"\n")
            .Write("requirements.txt", "greeting\n")
            .Write(
                "nua/build.py",
                """
                from nua.lib.actions import install_pip_packages
                install_pip_packages("parts/*.whl")
                """)
            .Write("nua/start.py", "import greeting\nfrom nua.lib.exec import exec_as_nua\nexec_as_nua('python3 -m greeting; command -v pip || echo no pip')\n");
        Wheel.Write(Path.Combine(_workshop.Package, "parts"), "greeting", "if __name__ == '__main__':\n    print('hello')\n");

        Assert.Equal("python", (await _workshop.BuildAsync()).Builder);

        var (exitCode, output) = await _workshop.RunAsync();
        Assert.Equal((0, "hello\nno pip\n"), (exitCode, output[(output.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
        Assert.Equal((0, ""), await _workshop.RunAsync("find", "/nua/venv", "/tmp", "-mindepth", "1", "-not", "-user", "root", "-o", "-path", "/tmp/*"));
    }

    [Fact]
    public async Task The_handbook_is_made_of_Markdown_and_set_up_when_it_starts()
    {
        var sample = Path.Combine(Repository.Root, "apps", "handbook");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories))
        {
            _workshop.Write(Path.GetRelativePath(sample, file), await File.ReadAllTextAsync(file, Cancellation));
        }

        var config = await File.ReadAllTextAsync(Path.Combine(sample, "nua-config.toml"), Cancellation);
        _workshop.Config(config[config.IndexOf("[build]", StringComparison.Ordinal)..]);
        await _workshop.BuildAsync();
        await StartAsync("--env", "PORT=8123", "--env", "HOUSE=Mill & Sons", "--env", "NOTICE=No water on Friday");
        var address = (await DockerCommand.RunAsync("inspect", "--format", "{{.NetworkSettings.IPAddress}}", _container)).Trim();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}:8123/") };
        await Eventually.TrueAsync(async () => await PageAsync(client, "/") is not null, Cancellation);

        var page = await PageAsync(client, "/heating.html");
        Assert.Contains("<title>Handbook of Mill &amp; Sons</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Heating</h1>", page, StringComparison.Ordinal);
        Assert.Contains("No water on Friday", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme", await PageAsync(client, "/style.css"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tests_of_the_Python_package_pass_in_an_image()
    {
        _workshop.Config(
            """
            [build]
            builder = "python"
            [run]
            packages = ["python3-pytest", "python3-jinja2", "python3-setuptools", "python3-venv", "python3-wheel"]
            start = "true"
            """);
        var tests = Path.Combine(Repository.Root, "python", "tests");
        // One of them tests a builder's script, which is not of the package.
        foreach (var file in Directory.EnumerateFiles(tests, "*.py", SearchOption.AllDirectories).Where(file => !file.EndsWith("/test_locked_requirements.py", StringComparison.Ordinal)))
        {
            _workshop.Write($"tests/{Path.GetRelativePath(tests, file)}", await File.ReadAllTextAsync(file, Cancellation));
        }

        await _workshop.BuildAsync();

        var (exitCode, output) = await DockerCommand.TryAsync(
            "run", "--rm", "--entrypoint", "/usr/bin/python3", _workshop.Reference,
            "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests");
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("skipped", output, StringComparison.Ordinal);
    }

    private Task StartAsync(params string[] options) =>
        DockerCommand.RunAsync(["run", "--detach", "--name", _container, .. options, _workshop.Reference]);

    private async Task<string> LogAsync() => (await DockerCommand.TryAsync("logs", _container)).Output;

    private static async Task<string?> PageAsync(HttpClient client, string path)
    {
        try
        {
            return await client.GetStringAsync(path, Cancellation);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
