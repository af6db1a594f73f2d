using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Nua.Testing;

namespace Nua.IntegrationTests.Images;

/// <summary>A registry on this machine for as long as a test runs (Debian's docker-registry).</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-test-");
    private readonly Process _process;

    private LocalRegistry()
    {
        Port = FreePort();
        var settings = Path.Combine(_folder.FullName, "registry.yml");
        File.WriteAllText(
            settings,
            $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{_folder.FullName}}/data } }
            http: { addr: 127.0.0.1:{{Port}} }
            """);
        _process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", settings]) { UseShellExecute = false, RedirectStandardError = true })!;
    }

    public static bool IsInstalled => File.Exists("/usr/bin/docker-registry");

    public int Port { get; }

    public static async Task<LocalRegistry> StartAsync(CancellationToken cancellation)
    {
        var registry = new LocalRegistry();
        using var http = new HttpClient();
        await Eventually.TrueAsync(() => AnswersAsync(http, registry.Port), cancellation);
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<bool> AnswersAsync(HttpClient http, int port)
    {
        try
        {
            return (await http.GetAsync(new Uri($"http://127.0.0.1:{port}/v2/"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
