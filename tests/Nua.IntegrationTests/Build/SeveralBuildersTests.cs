using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Images that several builders make together, built and run on a real engine.</summary>
public sealed class SeveralBuildersTests : IAsyncDisposable
{
    private const string Page =
        """
        const { writeFileSync, mkdirSync } = require('node:fs');
        mkdirSync('static', { recursive: true });
        writeFileSync('static/app.css', `/* made by Node.js ${process.version} */`);
        """;

    private readonly Workshop _workshop = new();

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task A_python_app_with_assets_that_a_script_of_Node_makes()
    {
        _workshop
            .Config(
                """
                [build]
                builders = ["python", "node-20"]
                """)
            .Write("requirements.txt", "nua-greeting\n")
            .Write("app.py", "import nua_greeting\nprint(nua_greeting.TEXT, open('static/app.css').read())\n")
            .Write("package.json", """{"scripts": {"build": "node build.js"}}""")
            .Write("build.js", Page);
        Wheel.Write(Path.Combine(_workshop.Package, "wheels"), "nua_greeting", "TEXT = 'hello'\n");

        var built = await _workshop.BuildAsync();

        Assert.Equal("python+node", built.Builder);
        Assert.Equal((0, "hello /* made by Node.js v20.20.2 */\n"), await _workshop.RunAsync());
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v node")).ExitCode);
        Assert.Equal("nua", (await _workshop.RunAsync("stat", "-c", "%U", "/nua/build/static/app.css")).Output.Trim());
    }

    [Fact]
    public async Task A_language_that_runs_too_is_in_the_image()
    {
        _workshop
            .Config(
                """
                [build]
                builders = ["python", "node"]
                [run]
                start = "python app.py && node -e \"console.log('and', require('ms')('2s'))\""
                """)
            .Write("app.py", "print('python')\n")
            .Write("package.json", """{"dependencies": {"ms": "2.1.3"}}""");

        await _workshop.BuildAsync();

        Assert.Equal((0, "python\nand 2000\n"), await _workshop.RunAsync());
    }

    [Fact]
    public async Task A_static_site_that_Node_builds_with_what_it_installs()
    {
        _workshop
            .Config(
                """
                [build]
                builders = ["static", "node"]
                document-root = "public"
                """)
            .Write("package.json", """{"scripts": {"build": "node build.js"}, "devDependencies": {"ms": "2.1.3"}}""")
            .Write("build.js", "require('node:fs').writeFileSync('public/index.html', `<p>${require('ms')('2s')}`);")
            .Write("public/style.css", "x");

        await _workshop.BuildAsync();

        Assert.Equal((0, "<p>2000"), await _workshop.RunAsync("cat", "public/index.html"));
        Assert.Equal((0, "/nua/build/public/index.html\n/nua/build/public/style.css\n"), await _workshop.RunAsync("sh", "-c", "find /nua/build -type f | sort"));
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v node")).ExitCode);
        await _workshop.AnswersAsync(8080, "<p>2000");
    }

    [Fact]
    public async Task Commands_that_use_both_languages()
    {
        _workshop
            .Config(
                """
                [build]
                builders = ["python", "node"]
                build = ["node -e \"console.log(6 * 7)\" > answer", "pip install --no-index wheels/*.whl"]
                [run]
                start = "python app.py"
                """)
            .Write("app.py", "import nua_greeting\nprint(nua_greeting.TEXT, open('answer').read().strip())\n");
        Wheel.Write(Path.Combine(_workshop.Package, "wheels"), "nua_greeting", "TEXT = 'hello'\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "hello 42\n"), await _workshop.RunAsync());
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v node")).ExitCode);
    }

    [Fact]
    public async Task What_goes_before_the_build_changes_what_is_built()
    {
        _workshop
            .Config(
                """
                [build]
                before-build = "sed s/NAME/world/ greeting.in > greeting"
                [run]
                start = "cat greeting"
                """)
            .Write("greeting.in", "hello NAME\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "hello world\n"), await _workshop.RunAsync());
    }

    [Fact]
    public async Task A_Procfile_is_obeyed()
    {
        _workshop
            .Config("")
            .Write("Procfile", "release: echo readied > state\nweb: python3 -m http.server $PORT\nworker: false\n")
            .Write("app.py", "x\n");

        var built = await _workshop.BuildAsync();

        Assert.Equal("python", built.Builder);
        await _workshop.AnswersAsync(8000, "state");
    }
}
