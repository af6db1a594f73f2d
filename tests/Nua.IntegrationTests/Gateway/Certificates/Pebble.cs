using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Nua.Api;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>A certificate authority for tests, from the distribution's packages: it forgets everything when it ends.</summary>
internal sealed class Pebble : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-pebble-");
    private readonly int _dns;
    private readonly int _directory = FreePort();
    private readonly int _management = FreePort();
    private readonly int _names = FreePort();
    private readonly HttpClient _http;
    private readonly List<Process> _processes = [];

    private Pebble(int dns)
    {
        _dns = dns;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        using var door = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(3650));
        Trust = door.ExportCertificatePem();
        File.WriteAllText(Under("door.pem"), Trust);
        File.WriteAllText(Under("door.key"), key.ExportPkcs8PrivateKeyPem());
        var print = door.Thumbprint;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == print },
        });
    }

    /// <summary>What vouches for its own door, PEM.</summary>
    public string Trust { get; }

    public AuthorityEntry Entry => new("pebble", new Uri($"https://localhost:{_directory}/dir")) { Trust = Trust, Contact = "operator@example.org" };

    /// <summary>The DNS server that it asks: every name is on this machine, unless another server was named.</summary>
    public string Resolver => $"127.0.0.1:{_dns}";

    /// <summary>Its management, which tells what became of a certificate.</summary>
    public Uri Management => new($"https://localhost:{_management}/");

    /// <summary>Starts it.</summary>
    /// <param name="httpPort">Where it looks for answers.</param>
    /// <param name="blocked">Names that it gives nobody a certificate for.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="httpsPort">Where it shakes hands for answers.</param>
    /// <param name="dns">The port of a DNS server on this machine; <see langword="null"/>: one of its own.</param>
    public static async Task<Pebble> StartAsync(
        int httpPort, IReadOnlyList<string> blocked, CancellationToken cancellation, int? httpsPort = null, int? dns = null)
    {
        var pebble = new Pebble(dns ?? FreePort());
        await File.WriteAllTextAsync(pebble.Under("pebble.json"), pebble.Config(httpPort, httpsPort ?? httpPort, blocked), cancellation);
        if (dns is null)
        {
            pebble.Start(
                "pebble-challtestsrv",
                "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dns01", $"127.0.0.1:{pebble._dns}", "-http01", "", "-https01", "", "-tlsalpn01", "",
                "-management", $"127.0.0.1:{pebble._names}");
        }

        await pebble.StartAuthorityAsync(cancellation);
        return pebble;
    }

    /// <summary>Its own words about a certificate of its: <c>Valid</c> or <c>Revoked</c>.</summary>
    public async Task<string> StatusOfAsync(string serial, CancellationToken cancellation)
    {
        using var status = JsonDocument.Parse(
            await _http.GetStringAsync(new Uri(Management, $"cert-status-by-serial/{serial.TrimStart('0')}"), cancellation));
        return status.RootElement.GetProperty("Status").GetString()!;
    }

    /// <summary>What it says of itself.</summary>
    public Task<string> DirectoryAsync(CancellationToken cancellation) => _http.GetStringAsync(Entry.Directory, cancellation);

    /// <summary>Ends and starts again: it knows nobody any more, and signs with another key.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        End(_processes[^1]);
        _processes.RemoveAt(_processes.Count - 1);
        await StartAuthorityAsync(cancellation);
    }

    /// <summary>What its certificates have to be trusted by.</summary>
    public async Task<X509Certificate2> RootAsync(CancellationToken cancellation) =>
        X509Certificate2.CreateFromPem(await _http.GetStringAsync(new Uri($"https://localhost:{_management}/roots/0"), cancellation));

    public ValueTask DisposeAsync()
    {
        _processes.ForEach(End);
        _http.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task StartAuthorityAsync(CancellationToken cancellation)
    {
        Start("pebble", "-config", Under("pebble.json"), "-dnsserver", $"127.0.0.1:{_dns}");
        while (true)
        {
            try
            {
                using var root = await RootAsync(cancellation);
                return;
            }
            catch (HttpRequestException) when (!_processes[^1].HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
            }
        }
    }

    private string Config(int httpPort, int httpsPort, IReadOnlyList<string> blocked) =>
        $$"""
        {"pebble": {
          "listenAddress": "127.0.0.1:{{_directory}}", "managementListenAddress": "127.0.0.1:{{_management}}",
          "certificate": "{{Under("door.pem")}}", "privateKey": "{{Under("door.key")}}",
          "httpPort": {{httpPort}}, "tlsPort": {{httpsPort}}, "ocspResponderURL": "", "externalAccountBindingRequired": false,
          "certificateValidityPeriod": {{(long)TimeSpan.FromDays(90).TotalSeconds}},
          "retryAfter": {"authz": 1, "order": 1},
          "domainBlocklist": [{{string.Join(", ", blocked.Select(name => $"\"{name}\""))}}]
          }
        }
        """;

    private void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A fifth of all messages are refused for their nonce, and nothing is taken on trust.
            Environment = { ["PEBBLE_VA_NOSLEEP"] = "1", ["PEBBLE_WFE_NONCEREJECT"] = "20", ["PEBBLE_AUTHZREUSE"] = "0" },
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private string Under(string file) => Path.Combine(_folder.FullName, file);

    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
