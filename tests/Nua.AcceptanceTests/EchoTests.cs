using System.Net;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>An app of the predecessor's kind, deployed as its operators do: an image that is there, and a sites file in JSON.</summary>
public sealed class EchoTests
{
    private const string Config =
        """
        [metadata]
        id = "ID"
        version = "1.0"
        release = 3
        title = "Echo on two ports"
        author = "The Nua developers"

        [build]
        license = "MIT"
        test = "python -c 'import echos'"

        [run]
        start = "python -c 'from echos.server import serve; serve(8764, 8765)'"

        [port.web]
        container = 8765

        [port.other]
        container = 8764
        proxy = 8764
        """;

    private const string Server =
        """
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        from threading import Thread


        class Echo(BaseHTTPRequestHandler):
            def do_GET(self):
                body = f"path: {self.path}\n".encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)


        def serve(*ports):
            servers = [ThreadingHTTPServer(("", port), Echo) for port in ports]
            for server in servers[1:]:
                Thread(target=server.serve_forever, daemon=True).start()
            servers[0].serve_forever()
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_echoes_the_path_under_the_domain_of_its_sites_file()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = AppCopy.Of(Config);
        Directory.CreateDirectory(Path.Combine(app.Folder, "echos"));
        app.Write("echos/__init__.py", "");
        app.Write("echos/server.py", Server);
        await server.NuaOkAsync("build", app.Folder);
        var sites = Path.Combine(app.Folder, "deploy.json");
        await File.WriteAllTextAsync(
            sites,
            $$"""
            {"site": [{
                "label": "test minimal", "image": "{{app.Id}}", "domain": "echo.localhost",
                "test": [{"url": "https://echo.localhost/test", "expect_status": 200, "expect_str": "path: /test"}]
            }]}
            """,
            Cancellation);

        var deployed = await server.NuaOkAsync("deploy", sites);

        Assert.Contains("echo.localhost", deployed.Output);
        using var visitor = server.Visit("echo.localhost");
        using var page = await visitor.GetAsync("/test", Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("path: /test\n", await page.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_sites_file_that_is_not_there_and_an_image_that_is_not_there_are_named()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var folder = AppCopy.Of("");
        folder.Write("deploy.json", """{"site": [{"image": "no-such-app", "domain": "none.localhost"}]}""");

        var missing = await server.NuaAsync("deploy", Path.Combine(folder.Folder, "missing.json"));
        var unknown = await server.NuaAsync("deploy", Path.Combine(folder.Folder, "deploy.json"));

        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("missing.json", missing.Error);
        Assert.Equal(3, unknown.ExitCode);
        Assert.Contains("no-such-app", unknown.Error);
        Assert.Empty(await server.ObjectsAsync("container"));
    }
}
