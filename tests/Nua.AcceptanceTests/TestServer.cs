using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Nua.Api;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>
/// A Nua server of its own: the published programs, a home folder of its own, ports of its own, the engine of the machine.
/// At the end, everything that carries its name is gone.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-acceptance-");

    public TestServer(string? engineSocket = null, int? httpsPort = null, int? remotePort = null)
    {
        Name = $"nuatest{Guid.NewGuid():N}"[..16];
        HttpsPort = httpsPort ?? FreePort();
        Home = NuaHome.Under(_folder.FullName);
        Directory.CreateDirectory(Home.Settings);
        File.WriteAllText(
            Home.SettingsFile,
            $"""
            name = "{Name}"

            [gateway]
            http = ["127.0.0.1:{FreePort()}"]
            https = ["127.0.0.1:{HttpsPort}"]
            {(engineSocket is null ? "" : $"\n[engine]\nsocket = \"{engineSocket}\"")}
            {(remotePort is null ? "" : $"\n[api]\nlisten = [\"127.0.0.1:{remotePort}\"]")}
            """);
    }

    /// <summary>Its name on the engine.</summary>
    public string Name { get; }

    public int HttpsPort { get; }

    public NuaHome Home { get; }

    public string Folder => _folder.FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task StartAsync() => NuaOkAsync("server", "--detach");

    /// <summary>Runs <c>nua</c> against this server.</summary>
    internal Task<Outcome> NuaAsync(params IReadOnlyList<string> arguments) => Command.RunAsync(
        Path.Combine(Repository.Programs, "nua"),
        arguments,
        new Dictionary<string, string> { ["NUA_HOME"] = Folder, ["NO_COLOR"] = "1" },
        Cancellation);

    /// <summary>Runs <c>nua</c>, which must succeed.</summary>
    internal async Task<Outcome> NuaOkAsync(params IReadOnlyList<string> arguments)
    {
        var outcome = await NuaAsync(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        return outcome;
    }

    /// <summary>A visitor who trusts the server's authority and nothing else.</summary>
    public HttpClient Visit(string host) => new(Door()) { BaseAddress = new Uri($"https://{host}:{HttpsPort}/") };

    /// <summary>The way in that such a visitor takes.</summary>
    public SocketsHttpHandler Door()
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(Home.AuthorityCertificate);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, HttpsPort, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
    }

    /// <summary>Names of this server's objects of a kind: <c>container</c>, <c>network</c>, <c>volume</c>.</summary>
    public async Task<IReadOnlyList<string>> ObjectsAsync(string kind)
    {
        IReadOnlyList<string> all = kind == "container" ? ["--all"] : [];
        var format = kind == "container" ? "{{.Names}}" : "{{.Name}}";
        var listed = await Command.DockerAsync(
            Cancellation, [kind, "ls", .. all, "--filter", $"label=rocks.nua.server={Name}", "--format", format]);
        return [.. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>kill -9 of the server's process, wherever it is.</summary>
    public void KillServer() => Kill("nua-server");

    /// <summary>kill -9 of the gateway's process.</summary>
    public void KillGateway() => Kill("nua-gateway");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        KillServer();
        KillGateway();
        foreach (var kind in new[] { "container", "network", "volume" })
        {
            foreach (var name in await ObjectsAsync(kind))
            {
                IReadOnlyList<string> force = kind == "network" ? [] : ["--force"];
                await Command.DockerAsync(CancellationToken.None, [kind, "rm", .. force, name]);
            }
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Ends this home's process of that program, and only that: others may run beside it.</summary>
    private void Kill(string program)
    {
        foreach (var process in Process.GetProcesses().Where(process => IsOurs(process, program)))
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private bool IsOurs(Process process, string program)
    {
        try
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}");
            return Path.GetFileName(File.ReadAllText($"{folder}/cmdline").Split('\0')[0]) == program
                && File.ReadAllText($"{folder}/environ").Split('\0').Contains($"NUA_HOME={Folder}");
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
