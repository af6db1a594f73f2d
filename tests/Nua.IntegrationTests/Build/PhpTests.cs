using System.Net;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>PHP applications, built and run on a real engine.</summary>
public sealed class PhpTests : IAsyncDisposable
{
    private readonly Workshop _workshop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task Pages_run_behind_the_web_server_and_what_is_no_page_is_kept_from_visitors()
    {
        _workshop
            .Config("")
            .Write("index.php", "<?php echo getenv('GREETING'), ' as ', posix_getpwuid(posix_geteuid())['name'], ' at ', $_SERVER['PATH_INFO'] ?? '-';")
            .Write("style.css", "p { color: red }")
            .Write("vendor/secret.txt", "x")
            .Write("nua/secret.txt", "x");

        var built = await _workshop.BuildAsync();

        Assert.Equal("php", built.Builder);
        var container = $"nua-test-{Guid.NewGuid():N}";
        await DockerCommand.RunAsync("run", "--detach", "--name", container, "--env", "GREETING=hello", _workshop.Reference);
        try
        {
            await Workshop.AnswersAsync(container, 8080, "hello as nua at -");
            await Workshop.AnswersAsync(container, 8080, "hello as nua at /some/where", "/index.php/some/where");
            await Workshop.AnswersAsync(container, 8080, "color: red", "/style.css");
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(container, "/vendor/secret.txt"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(container, "/nua/secret.txt"));

            // Neither server outlives the other.
            await DockerCommand.RunAsync("exec", container, "sh", "-c", "kill $(cat /tmp/nginx.pid)");
            await Eventually.TrueAsync(
                async () => (await DockerCommand.RunAsync("inspect", "--format", "{{.State.Running}}", container)).Trim() == "false",
                Cancellation);
        }
        finally
        {
            await DockerCommand.TryAsync("rm", "--force", container);
        }
    }

    [Fact]
    public async Task Composer_installs_what_is_required_and_stays_out_of_the_image()
    {
        _workshop
            .Config("")
            .Write("composer.json", """
                {
                  "name": "nua/shop",
                  "require": {"php": ">=8.1", "ext-pdo_sqlite": "*", "nua/greeting": "*"},
                  "repositories": [{"packagist": false}, {"type": "path", "url": "parts/*"}],
                  "autoload": {"psr-4": {"Shop\\": "src/"}}
                }
                """)
            .Write("parts/greeting/composer.json", """{"name": "nua/greeting", "version": "1.0.0", "autoload": {"files": ["greet.php"]}}""")
            .Write("parts/greeting/greet.php", "<?php function greet() { return 'hello from a package'; }")
            .Write("src/Page.php", "<?php namespace Shop; class Page { static function show() { return greet() . ' and ' . (new \\PDO('sqlite::memory:'))->query('SELECT 1+1')->fetchColumn(); } }")
            .Write("public/index.php", "<?php require __DIR__ . '/../vendor/autoload.php'; echo Shop\\Page::show();");

        await _workshop.BuildAsync();

        await _workshop.AnswersAsync(8080, "hello from a package and 2");
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v composer || command -v git")).ExitCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(string container, string path)
    {
        var address = (await DockerCommand.RunAsync("inspect", "--format", "{{.NetworkSettings.IPAddress}}", container)).Trim();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://{address}:8080{path}"), Cancellation);
        return answer.StatusCode;
    }
}
