using System.Diagnostics;
using Nua.Core.Problems;
using Nua.Engine.Images;
using Nua.IntegrationTests.Runtimes;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Packages of every builder, built and run on a real engine.</summary>
public sealed class BuildImageTests : IAsyncDisposable
{
    private const string FlaskApp =
        """
        from flask import Flask
        app = Flask(__name__)

        @app.get("/")
        def hello():
            return "hello from flask"
        """;

    private readonly Workshop _workshop = new();

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task Python_from_distribution_packages()
    {
        _workshop
            .Config(
                """
                [build]
                test = "python -c 'import app'"
                [run]
                packages = ["python3-flask", "gunicorn"]
                start = ["echo as $(id -un) in $(pwd)", "gunicorn --bind 0.0.0.0:8000 app:app"]
                [[volume]]
                name = "uploads"
                target = "/nua/app/uploads"
                """)
            .Write("app.py", FlaskApp);

        var built = await _workshop.BuildAsync();

        Assert.Equal((_workshop.Reference, "python", false), (built.Reference, built.Builder, built.UpToDate));
        var image = await _workshop.FindAsync(built.Reference);
        Assert.Equal(built.ImageId, image?.Id);
        Assert.Contains("\"python3-flask\"", image?.Labels[ImageLabels.Config]);
        Assert.NotEmpty(image!.Labels[ImageLabels.Agent]);
        Assert.Equal("python", image.Labels[ImageLabels.Builder]);
        Assert.StartsWith("nua/python:", image.Labels[ImageLabels.BaseName], StringComparison.Ordinal);
        var bill = await _workshop.BillAsync();
        Assert.Contains(bill, purl => purl.StartsWith("pkg:deb/debian/python3-flask@", StringComparison.Ordinal));
        Assert.Contains(bill, purl => purl.StartsWith("pkg:pypi/flask@", StringComparison.Ordinal));

        var (_, owner) = await _workshop.RunAsync("stat", "-c", "%U %n", "/nua/app/uploads", "/nua/build/app.py", "/usr/local/bin/nua-agent");
        Assert.Equal("nua /nua/app/uploads\nnua /nua/build/app.py\nroot /usr/local/bin/nua-agent\n", owner);
        await _workshop.AnswersAsync(8000, "hello from flask");
    }

    [Fact]
    public async Task A_change_of_one_line_builds_only_what_depends_on_it_and_no_change_builds_nothing()
    {
        _workshop
            .Config("[run]\npackages = \"python3-flask\"\nstart = \"flask run\"\n")
            .Write("app.py", FlaskApp);
        var first = await _workshop.BuildAsync();

        var watch = Stopwatch.StartNew();
        var again = await _workshop.BuildAsync();
        watch.Stop();

        Assert.True(again.UpToDate);
        Assert.Equal(first.ImageId, again.ImageId);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));

        _workshop.Write("app.py", FlaskApp.Replace("hello", "goodbye", StringComparison.Ordinal));
        var lines = _workshop.Log.Lines.Count;
        var changed = await _workshop.BuildAsync();

        Assert.False(changed.UpToDate);
        Assert.NotEqual(first.ImageId, changed.ImageId);
        Assert.DoesNotContain(_workshop.Log.Lines.Skip(lines), line => line.Contains("Unpacking", StringComparison.Ordinal));
        Assert.Contains("goodbye", (await _workshop.RunAsync("cat", "app.py")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Python_with_requirements_that_the_distribution_and_a_wheels_folder_satisfy()
    {
        _workshop
            .Config(
                """
                [run]
                packages = ["python3-flask", "gunicorn"]
                start = "gunicorn --bind 0.0.0.0:8000 app:app"
                """)
            .Write("requirements.txt", "flask\nnua-greeting\n")
            .Write("app.py", FlaskApp.Replace("\"hello from flask\"", "__import__('nua_greeting').TEXT", StringComparison.Ordinal));
        Wheel.Write(Path.Combine(_workshop.Package, "wheels"), "nua_greeting", "TEXT = 'hello from a wheel'\n");

        await _workshop.BuildAsync();

        await _workshop.AnswersAsync(8000, "hello from a wheel");
    }

    [Fact]
    public async Task A_python_project_is_installed()
    {
        _workshop
            .Config("[run]\nstart = \"shop\"\n")
            .Write("pyproject.toml", "[project]\nname = \"shop\"\nversion = \"1\"\n[project.scripts]\nshop = \"shop:main\"\n")
            .Write("shop/__init__.py", "def main():\n    print('the shop is open')\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "the shop is open\n"), await _workshop.RunAsync());
    }

    [Fact]
    public async Task Node_with_a_dependency_and_a_build_script()
    {
        _workshop
            .Config("")
            .Write("package.json", """
                {
                  "name": "shop", "version": "1.0.0", "type": "module",
                  "scripts": {"start": "node dist/server.js", "build": "mkdir -p dist && cp server.js dist/ && test -e node_modules/is-odd"},
                  "dependencies": {"ms": "2.1.3"},
                  "devDependencies": {"is-odd": "3.0.1"}
                }
                """)
            .Write("server.js", "import ms from 'ms'; console.log('ready in', ms('2s'));");

        var built = await _workshop.BuildAsync();

        Assert.Equal("node", built.Builder);
        var (exitCode, output) = await _workshop.RunAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains("ready in 2000", output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await _workshop.RunAsync("test", "-e", "node_modules/is-odd")).ExitCode);
    }

    [Fact]
    public async Task A_static_site_is_served()
    {
        _workshop.Config("").Write("public/index.html", "<p>hello").Write("public/about/index.html", "<p>about us").Write("secret.txt", "x");

        var built = await _workshop.BuildAsync();

        Assert.Equal("static", built.Builder);
        await _workshop.AnswersAsync(8080, "<p>hello");
        Assert.NotEqual(0, (await _workshop.RunAsync("test", "-e", "/nua/build/secret.txt")).ExitCode);
    }

    [Fact]
    public async Task What_commands_make_with_build_packages_is_in_the_image_and_the_packages_are_not()
    {
        _workshop
            .Config(
                """
                [build]
                packages = ["gcc", "libc6-dev"]
                build = ["gcc -o /nua/app/hello hello.c", '''
                echo one > made
                echo two >> made
                ''']
                test = "/nua/app/hello"
                [run]
                start = "/nua/app/hello && cat made"
                """)
            .Write("hello.c", "#include <stdio.h>\nint main() { puts(\"hello from C\"); return 0; }\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "hello from C\none\ntwo\n"), await _workshop.RunAsync());
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v gcc")).ExitCode);
    }

    [Fact]
    public async Task An_own_Dockerfile_keeps_its_user_and_command()
    {
        _workshop
            .Config("[build]\ntest = \"cat greeting\"\n")
            .Write(".dockerignore", "Dockerfile\n")
            .Write("greeting", "hello\n")
            .Write("etc/passwd", "shop:x:1234:1234::/app:/bin/sh\n")
            .Write("etc/group", "shop:x:1234:\n")
            .Write("Dockerfile", $"# syntax=docker/dockerfile:1\nFROM {TinyImage.Name}\nWORKDIR /app\nCOPY etc /etc\nCOPY greeting nua-config.json ./\nUSER shop\nCMD [\"sh\", \"-c\", \"cat greeting; id -u; ls\"]\n");

        var built = await _workshop.BuildAsync();

        Assert.Equal("dockerfile", built.Builder);
        Assert.Equal((0, "hello\n1234\ngreeting\nnua-config.json\n"), await _workshop.RunAsync());
        Assert.Contains("\"Test\"", (await _workshop.RunAsync("cat", "/nua/metadata/nua-config.json")).Output, StringComparison.Ordinal);
        Assert.False((await _workshop.FindAsync(built.Reference))!.Labels.ContainsKey(ImageLabels.Agent));
    }

    [Fact]
    public async Task A_wrapped_image_gets_metadata_and_nothing_else()
    {
        _workshop.Config($"[build]\nbase-image = \"{TinyImage.Name}\"\n").Write("ignored.txt", "x");

        var built = await _workshop.BuildAsync();

        Assert.Equal("wrap", built.Builder);
        Assert.Contains("\"Test\"", (await _workshop.RunAsync("cat", "/nua/metadata/nua-config.json")).Output, StringComparison.Ordinal);
        Assert.True((await _workshop.BuildAsync()).UpToDate);
    }

    [Fact]
    public async Task An_image_without_a_shell_is_wrapped_keeps_its_user_and_gets_a_bill_of_materials()
    {
        var bare = $"nua-test/bare:{Guid.NewGuid():N}";
        var context = Directory.CreateTempSubdirectory("nua-test-").FullName;
        try
        {
            File.Copy("/bin/busybox", Path.Combine(context, "program"));
            await File.WriteAllTextAsync(Path.Combine(context, "package.json"), """{"name": "x", "version": "1.0.0"}""", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(context, "Dockerfile"),
                "FROM scratch\nCOPY program /id\nCOPY package.json /node_modules/x/\nUSER 1234\nENTRYPOINT [\"/id\", \"-u\"]\n",
                TestContext.Current.CancellationToken);
            await DockerCommand.RunAsync("build", "--quiet", "--tag", bare, context);
            _workshop.Config($"[build]\nbase-image = \"{bare}\"\n");

            await _workshop.BuildAsync();

            Assert.Equal((0, "1234\n"), await _workshop.RunAsync());
            Assert.Equal(["pkg:npm/x@1.0.0"], await _workshop.BillAsync());
            Assert.DoesNotContain("nua-agent", await DockerCommand.RunAsync("history", "--no-trunc", _workshop.Reference), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(context, recursive: true);
            await DockerCommand.TryAsync("rmi", "--force", bare);
        }
    }

    [Fact]
    public async Task A_command_that_fails_fails_the_build()
    {
        _workshop.Config("[build]\nbuild = [\"echo before; false; echo after\"]\n[run]\nstart = \"true\"\n");

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.BuildFailed, "build.command-failed"), (problem.Kind, problem.Code));
        Assert.Contains("echo before; false; echo after", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["before"], problem.Details);
    }

    [Fact]
    public async Task A_command_that_fails_in_a_pipe_fails_the_build_too()
    {
        _workshop.Config("[build]\nbuild = [\"false | cat\"]\n[run]\nstart = \"true\"\n");

        Assert.Equal("build.command-failed", (await _workshop.FailAsync()).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[build]\nbuild = [\"mkdir /nua/metadata && ln -s /nua/app/mine /nua/metadata/start.json\"]\n")]
    public async Task The_app_adds_to_its_home_and_replaces_nothing_of_what_runs_as_root(string build)
    {
        const string Attack =
            """
            for it in /usr/local/bin/nua-agent /nua/metadata /nua/metadata/start.json; do
                mv $it /nua/x 2>/dev/null && echo "renamed $it"
                rm -rf $it 2>/dev/null && echo "removed $it"
                (echo > $it) 2>/dev/null && echo "wrote $it"
            done
            mkdir -p /nua/.cache/x && touch /nua/app/x /nua/build/x /nua/app/uploads/x && stat -c '%U %F' /nua/metadata/start.json
            """;
        _workshop
            .Config($"{build}[run]\nstart = \"sh attack\"\n[[volume]]\nname = \"uploads\"\ntarget = \"/nua/app/uploads\"\n")
            .Write("attack", Attack + "\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "root regular file\n"), await _workshop.RunAsync());
    }

    [Fact]
    public async Task Apps_on_the_same_base_have_the_agent_in_common()
    {
        await using var other = new Workshop();
        _workshop.Config("[run]\nstart = \"cat greeting\"\n").Write("greeting", "hello\n");
        other.Config("[run]\npackages = [\"nginx-light\"]\nstart = \"nginx\"\n");

        await _workshop.BuildAsync();
        await other.BuildAsync();

        var agent = Assert.Single(await _workshop.LayersAsync(), layer => layer.SizeBytes == new FileInfo(PublishedAgent.File).Length);
        Assert.Contains(await other.LayersAsync(), layer => layer.Id == agent.Id);
    }

    [Fact]
    public async Task An_image_made_of_ours_is_not_taken_for_ours()
    {
        _workshop.Config("[run]\nstart = \"cat greeting\"\n").Write("greeting", "hello\n");
        var built = await _workshop.BuildAsync();
        var context = Directory.CreateTempSubdirectory("nua-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), $"FROM {built.Reference}\nRUN echo evil > /nua/build/greeting\n", TestContext.Current.CancellationToken);
        var child = $"nua-test/child:{Guid.NewGuid():N}";
        await DockerCommand.RunAsync("build", "--quiet", "--tag", child, context);
        try
        {
            await DockerCommand.RunAsync("tag", built.ImageId, $"{child}-kept");
            await DockerCommand.RunAsync("rmi", built.Reference);

            Assert.Equal(built.ImageId, (await _workshop.BuildAsync()).ImageId);
        }
        finally
        {
            await DockerCommand.TryAsync("rmi", child, $"{child}-kept");
            Directory.Delete(context, recursive: true);
        }
    }

    [Fact]
    public async Task An_own_Dockerfile_finds_hidden_files_and_a_config_that_stays_as_the_packager_wrote_it()
    {
        var id = _workshop.Reference["nua-".Length..^":1.0".Length];
        var config = $$"""{"metadata": {"id": "{{id}}", "version": "1.0", "title": "T", "author": "us" } }""";
        _workshop
            .Write("nua-config.json", config)
            .Write(".mvn/settings", "x")
            .Write("Dockerfile", $"FROM {TinyImage.Name}\nCOPY .mvn /mvn\nCOPY nua-config.json /\nCMD [\"ls\", \"/mvn\"]\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "settings\n"), await _workshop.RunAsync());
        Assert.Equal(config, await File.ReadAllTextAsync(Path.Combine(_workshop.Package, "nua-config.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_long_config_travels_in_the_label()
    {
        var story = string.Concat(Enumerable.Repeat("# a \\\\ story of \\\"words\\\" for $5; ", 6000));
        _workshop.Config($"description = \"{story}\"\n[build]\nbase-image = \"{TinyImage.Name}\"\n");

        var built = await _workshop.BuildAsync();

        var label = (await _workshop.FindAsync(built.Reference))!.Labels[ImageLabels.Config];
        using var config = System.Text.Json.JsonDocument.Parse(label);
        Assert.Equal(
            story.Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Trim(),
            config.RootElement.GetProperty("metadata").GetProperty("description").GetString()!.Trim());
    }

    [Fact]
    public async Task A_smoke_test_that_fails_leaves_no_image()
    {
        _workshop
            .Config("[build]\ntest = \"python -c 'import nosuch'\"\n[run]\nstart = \"python app.py\"\n")
            .Write("app.py", "print()\n");

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.BuildFailed, "build.test-failed"), (problem.Kind, problem.Code));
        Assert.Contains("ModuleNotFoundError: No module named 'nosuch'", problem.Details);
    }

    [Fact]
    public async Task A_program_to_start_that_is_not_in_the_image_is_found_out_when_it_is_built()
    {
        _workshop.Config("[run]\nstart = \"gunicorn app:app\"\n").Write("app.py", FlaskApp);

        Assert.Equal("build.test-failed", (await _workshop.FailAsync()).Code);
    }

    [Fact]
    public async Task A_distribution_package_that_does_not_exist_is_named()
    {
        _workshop.Config("[run]\npackages = [\"libnosuch-dev\"]\nstart = \"true\"\n");

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.BuildFailed, "build.package-missing"), (problem.Kind, problem.Code));
        Assert.Contains("'libnosuch-dev'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_npm_package_that_does_not_exist_is_named()
    {
        _workshop
            .Config("")
            .Write("package.json", """{"name": "shop", "scripts": {"start": "node ."}, "dependencies": {"ms": "999.0.0"}}""");

        var problem = await _workshop.FailAsync();

        Assert.Equal("build.package-missing", problem.Code);
        Assert.Contains("ms@999.0.0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authorities_and_caches_of_the_build_are_in_no_layer()
    {
        _workshop
            .Config("")
            .Write("package.json", """{"name": "shop", "scripts": {"start": "node ."}, "dependencies": {"ms": "2.1.3"}}""");

        var built = await _workshop.BuildAsync();

        Assert.DoesNotContain("/dev/shm/nua", await DockerCommand.RunAsync("inspect", built.Reference), StringComparison.Ordinal);
        var (_, left) = await _workshop.RunAsync("sh", "-c", "ls -A /dev/shm /run/secrets /nua/.cache /var/lib/apt/lists /var/cache/apt/archives/*.deb 2>/dev/null | grep -v :");
        Assert.Equal("", left.Replace("lock\npartial\n", "", StringComparison.Ordinal).Trim());
    }
}
