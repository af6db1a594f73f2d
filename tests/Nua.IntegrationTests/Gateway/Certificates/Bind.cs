using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using DnsClient;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>A name server of the distribution's, for one zone, which takes signed updates.</summary>
internal sealed class Bind : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-bind-");
    private readonly Process _process;

    private Bind(int port, IReadOnlyList<string> records)
    {
        Port = port;
        Key = $$"""key "nua" { algorithm hmac-sha256; secret "{{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}}"; };""";
        File.WriteAllText(Under("zone"), $"$TTL 1\n@ IN SOA ns.example.org. host.example.org. 1 60 60 60 1\n@ IN NS ns\nns IN A 127.0.0.1\n{string.Join('\n', records)}\n");
        File.WriteAllText(
            Under("named.conf"),
            $$"""
            {{Key}}
            options {
              directory "{{_folder.FullName}}"; pid-file none; session-keyfile none; recursion no; dnssec-validation no;
              listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; };
            };
            controls { };
            zone "example.org" { type primary; file "{{Under("zone")}}"; update-policy { grant nua zonesub ANY; }; };
            """);
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/named", ["-g", "-n", "1", "-c", Under("named.conf")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>What signs updates, as BIND writes it.</summary>
    public string Key { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Starts it, with the records of the zone <c>example.org</c>.</summary>
    public static async Task<Bind> StartAsync(CancellationToken cancellation, params IReadOnlyList<string> records)
    {
        var bind = new Bind(Pebble.FreePort(), records);
        while ((await bind.AskAsync("example.org", QueryType.SOA, cancellation))?.Answers.Count is not > 0)
        {
            if (bind._process.HasExited)
            {
                throw new InvalidOperationException("named ended.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }

        return bind;
    }

    /// <summary>The texts that it shows for a name.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string name, CancellationToken cancellation) =>
        [.. (await AskAsync(name, QueryType.TXT, cancellation))!.Answers.TxtRecords().Select(record => string.Concat(record.Text))];

    public ValueTask DisposeAsync()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<IDnsQueryResponse?> AskAsync(string name, QueryType type, CancellationToken cancellation)
    {
        var client = new LookupClient(new LookupClientOptions(new IPEndPoint(IPAddress.Loopback, Port)) { UseCache = false, Timeout = TimeSpan.FromSeconds(1) });
        try
        {
            return await client.QueryAsync(name, type, cancellationToken: cancellation);
        }
        catch (DnsResponseException)
        {
            return null;
        }
    }

    private string Under(string file) => Path.Combine(_folder.FullName, file);
}
