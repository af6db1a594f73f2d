using System.Security.Cryptography;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Python applications whose lock file says what is installed, built and run on a real engine.</summary>
public sealed class PythonLockTests : IAsyncDisposable
{
    private const string Poetry =
        """
        [[package]]
        name = "nua-greeting"
        version = "1.0"
        optional = false
        python-versions = ">=3.8"
        files = [{file = "nua_greeting-1.0-py3-none-any.whl", hash = "HASH"}]

        [package.dependencies]
        colorama = {version = "*", markers = "platform_system == \"Windows\""}

        [metadata]
        lock-version = "2.0"
        """;

    private const string Uv =
        """
        version = 1

        [[package]]
        name = "shop"
        version = "1.0"
        source = { virtual = "." }
        dependencies = [{ name = "nua-greeting" }]

        [[package]]
        name = "nua-greeting"
        version = "1.0"
        source = { registry = "https://index.example/simple" }
        wheels = [{ url = "https://files.example/nua_greeting-1.0-py3-none-any.whl", hash = "HASH" }]
        """;

    private const string Pipenv = """{"default": {"nua-greeting": {"version": "==1.0", "hashes": ["HASH"]}}}""";

    private const string Project =
        """
        [project]
        name = "shop"
        [tool.poetry]
        name = "shop"
        [tool.poetry.dependencies]
        python = "^3.8"
        nua-greeting = "^1.0"
        """;

    private readonly Workshop _workshop = new();

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Theory]
    [InlineData("poetry.lock", Poetry)]
    [InlineData("uv.lock", Uv)]
    [InlineData("Pipfile.lock", Pipenv)]
    public async Task What_the_lock_pins_is_installed_if_it_has_the_hash(string file, string text)
    {
        _workshop
            .Config("")
            .Write("pyproject.toml", Project)
            .Write("Pipfile", "[packages]\nnua-greeting = '*'\n")
            .Write("app.py", "import nua_greeting\nprint(nua_greeting.TEXT)\n");
        Wheel.Write(Path.Combine(_workshop.Package, "wheels"), "nua_greeting", "TEXT = 'hello from a wheel'\n");
        _workshop.Write(file, text.Replace("HASH", $"sha256:{HashOf("wheels/nua_greeting-1.0-py3-none-any.whl")}", StringComparison.Ordinal));

        await _workshop.BuildAsync();
        Assert.Equal((0, "hello from a wheel\n"), await _workshop.RunAsync());

        _workshop.Write(file, text.Replace("HASH", $"sha256:{new string('0', 64)}", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<Core.Problems.NuaException>(_workshop.BuildAsync);
        Assert.Contains(refusal.Problem.Details, line => line.Contains("DO NOT MATCH THE HASHES", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_of_Python_that_the_distribution_does_not_have_says_which_it_has()
    {
        _workshop.Config("[build]\nbuilder = \"python-3.99\"\n").Write("app.py", "print()\n").Write("requirements.txt", "");

        var problem = await _workshop.FailAsync();

        Assert.Equal("image.no-source", problem.Code);
        Assert.Contains(problem.Details, line => line.Contains("The distribution has Python 3.", StringComparison.Ordinal));
        Assert.Contains("3, which is the distribution's own", problem.Hint, StringComparison.Ordinal);
    }

    private string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_workshop.Package, path))));
}
