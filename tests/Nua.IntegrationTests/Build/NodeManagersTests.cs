using Nua.Core.Problems;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Node.js applications that yarn and pnpm install, built and run on a real engine.</summary>
public sealed class NodeManagersTests : IAsyncDisposable
{
    private const string Manifest =
        """
        {
          "name": "a", "version": "1.0.0",
          "scripts": {"start": "node server.js", "build": "node -p \"require('is-odd')(3)\" > odd"},
          "dependencies": {"ms": "2.1.3"},
          "devDependencies": {"is-odd": "3.0.1"}
        }
        """;

    private const string Server = "console.log('ready in', require('ms')('2s'), require('node:fs').readFileSync('odd', 'utf8').trim());\n";

    private const string Pnpm =
        """
        lockfileVersion: '9.0'

        settings:
          autoInstallPeers: true
          excludeLinksFromLockfile: false

        importers:

          .:
            dependencies:
              ms:
                specifier: 2.1.3
                version: 2.1.3
            devDependencies:
              is-odd:
                specifier: 3.0.1
                version: 3.0.1

        packages:

          is-number@6.0.0:
            resolution: {integrity: sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg==}
            engines: {node: '>=0.10.0'}

          is-odd@3.0.1:
            resolution: {integrity: sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==}
            engines: {node: '>=4'}

          ms@2.1.3:
            resolution: {integrity: sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==}

        snapshots:

          is-number@6.0.0: {}

          is-odd@3.0.1:
            dependencies:
              is-number: 6.0.0

          ms@2.1.3: {}

        """;

    private const string Yarn =
        """
        __metadata:
          version: 8
          cacheKey: 10c0

        "a@workspace:.":
          version: 0.0.0-use.local
          resolution: "a@workspace:."
          dependencies:
            is-odd: "npm:3.0.1"
            ms: "npm:2.1.3"
          languageName: unknown
          linkType: soft

        "is-number@npm:^6.0.0":
          version: 6.0.0
          resolution: "is-number@npm:6.0.0"
          checksum: 10c0/5da4c68401529675c575878d2760d66f18eaef4b014858577f6003daf66488d7fe4eae684b1e8574e3fa1bb447c6c6c56b8491d2b4b3239da2d32e5f6f218008
          languageName: node
          linkType: hard

        "is-odd@npm:3.0.1":
          version: 3.0.1
          resolution: "is-odd@npm:3.0.1"
          dependencies:
            is-number: "npm:^6.0.0"
          checksum: 10c0/89ee2e353c5a3f3bd400c79db1c307a5b3506198ee8169d521e533a9b1d8a08fc95f21a919c084e98845b4286d7ffe309778da03744dfe66c3c1763ab1a030c6
          languageName: node
          linkType: hard

        "ms@npm:2.1.3":
          version: 2.1.3
          resolution: "ms@npm:2.1.3"
          checksum: 10c0/d924b57e7312b3b63ad21fc5b3dc0af5e78d61a1fc7cfb5457edaf26326bf62be5307cc87ffb6862ef1c2b33b0233cdb5d4f01c4c958cc0d660948b65a287a48
          languageName: node
          linkType: hard

        """;

    private const string ClassicYarn =
        """
        # yarn lockfile v1


        is-number@^6.0.0:
          version "6.0.0"
          integrity sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg==

        is-odd@3.0.1:
          version "3.0.1"
          integrity sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==
          dependencies:
            is-number "^6.0.0"

        ms@2.1.3:
          version "2.1.3"
          integrity sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==

        """;

    private readonly Workshop _workshop = new();

    public static IEnumerable<TheoryDataRow<string, string>> Locks =>
        [new("pnpm-lock.yaml", Pnpm), new("yarn.lock", Yarn), new("yarn.lock", ClassicYarn)];

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Theory]
    [MemberData(nameof(Locks))]
    public async Task What_the_lock_pins_is_installed_and_what_only_builds_stays_out(string file, string text)
    {
        _workshop.Config("").Write("package.json", Manifest).Write(file, text).Write("server.js", Server);

        await _workshop.BuildAsync();

        var (exitCode, output) = await _workshop.RunAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains("ready in 2000 true", output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await _workshop.RunAsync("test", "-e", "node_modules/is-odd")).ExitCode);
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v yarn || command -v pnpm")).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Locks))]
    public async Task A_lock_that_does_not_fit_the_manifest_fails_the_build(string file, string text)
    {
        _workshop.Config("").Write("package.json", Manifest.Replace("2.1.3", "2.1.2", StringComparison.Ordinal)).Write(file, text).Write("server.js", Server);

        Assert.Equal("build.command-failed", (await _workshop.FailAsync()).Code);
    }

    [Fact]
    public async Task A_tool_that_is_not_what_the_manifest_says_fails_the_build()
    {
        _workshop.Config("").Write("server.js", Server).Write("pnpm-lock.yaml", Pnpm).Write("package.json", Manifest.Replace(
            "\"name\"", $"\"packageManager\": \"pnpm@10.34.9+sha512.{new string('0', 128)}\", \"name\"", StringComparison.Ordinal));

        var problem = await _workshop.FailAsync();

        Assert.Equal("build.command-failed", problem.Code);
        Assert.Contains(problem.Details, line => line.Contains("computed checksum did NOT match", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parts_of_a_package_are_built_and_installed_each_in_its_place()
    {
        _workshop
            .Config("")
            .Write("package.json", """{"private": true, "scripts": {"start": "node server.js", "build": "pnpm --filter text run build"}, "dependencies": {"text": "workspace:*"}}""")
            .Write("pnpm-workspace.yaml", "packages:\n  - parts/*\n")
            .Write("parts/text/package.json", """{"name": "text", "version": "1.0.0", "main": "made.js", "scripts": {"build": "node build.js"}, "dependencies": {"ms": "2.1.3"}, "devDependencies": {"is-odd": "3.0.1"}}""")
            .Write("parts/text/build.js", "require('node:fs').writeFileSync('made.js', `module.exports = [${require('is-odd')(3)}, require('ms')('2s')];`);")
            .Write("server.js", "console.log('text', ...require('text'));\n")
            .Write("pnpm-lock.yaml", Pnpm.Replace(
                """
                  .:
                    dependencies:
                """,
                """
                  .:
                    dependencies:
                      text:
                        specifier: workspace:*
                        version: link:parts/text

                  parts/text:
                    dependencies:
                """,
                StringComparison.Ordinal));

        await _workshop.BuildAsync();

        var (exitCode, output) = await _workshop.RunAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains("text true 2000", output, StringComparison.Ordinal);
        Assert.Equal("", (await _workshop.RunAsync("find", "/nua/build", "-name", "is-odd*")).Output);
    }

    [Fact]
    public async Task A_version_that_nobody_has_says_which_there_are()
    {
        _workshop.Config("[build]\nbuilder = \"node-16\"\n").Write("package.json", Manifest).Write("server.js", Server);

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.Unavailable, "image.no-source"), (problem.Kind, problem.Code));
        Assert.Contains("'node' in version '16'", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("Ask for another version: 24.", problem.Hint, StringComparison.Ordinal);
    }
}
