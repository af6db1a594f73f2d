using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Nua.Drivers.Images.Distro;

namespace Nua.IntegrationTests.Build;

/// <summary>
/// A mirror on this machine, where containers reach it: an index of one Python package, a registry of one npm package, and the
/// distribution's archives, passed on from where this machine gets them. It answers nobody but the user with the password.
/// </summary>
internal sealed class MirrorServer : IDisposable
{
    private const string User = "joe";

    private readonly HttpListener _listener = new();
    private readonly string _place;
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly ConcurrentQueue<string> _served = [];
    private readonly Dictionary<string, string> _archives = [];
    private readonly HttpClient _upstream = new();

    /// <param name="address">This machine, as containers see it.</param>
    public MirrorServer(string address)
    {
        _place = $"{address}:{FreePort()}";
        _listener.Prefixes.Add($"http://{_place}/");
        _listener.AuthenticationSchemes = AuthenticationSchemes.Basic;
        _listener.Start();
        _ = ServeAsync();
    }

    public string Password { get; } = $"pw{Guid.NewGuid():N}";

    /// <summary>The password as HTTP sends it.</summary>
    public string Authorization => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    /// <summary>What was asked for and given.</summary>
    public IReadOnlyCollection<string> Served => _served;

    public string AptAddress => $"http://{User}:{Password}@{_place}/apt/{{archive}}";

    public string PipAddress => $"http://{User}:{Password}@{_place}/simple/";

    public string NpmAddress => $"http://{User}:{Password}@{_place}/npm/";

    public void AddPython(string module, string text)
    {
        var folder = Directory.CreateTempSubdirectory("nua-test-");
        Wheel.Write(folder.FullName, module, text);
        var wheel = folder.GetFiles()[0];
        _files[$"/files/{wheel.Name}"] = File.ReadAllBytes(wheel.FullName);
        _files[$"/simple/{module.Replace('_', '-')}/"] = Encoding.UTF8.GetBytes($"<a href=\"/files/{wheel.Name}\">{wheel.Name}</a>");
        folder.Delete(recursive: true);
    }

    public void AddNode(string name, string text)
    {
        var manifest = $$"""{"name": "{{name}}", "version": "1.0.0", "main": "index.js"}""";
        var archive = Archive(("package/package.json", manifest), ("package/index.js", text));
        var integrity = $"sha512-{Convert.ToBase64String(SHA512.HashData(archive))}";
        _files[$"/npm/{name}/-/{name}-1.0.0.tgz"] = archive;
        _files[$"/npm/{name}"] = Encoding.UTF8.GetBytes(
            $$"""
            {
              "name": "{{name}}",
              "dist-tags": {"latest": "1.0.0"},
              "versions": {
                "1.0.0": {
                  "name": "{{name}}",
                  "version": "1.0.0",
                  "dist": {"tarball": "http://{{_place}}/npm/{{name}}/-/{{name}}-1.0.0.tgz", "integrity": "{{integrity}}"}
                }
              }
            }
            """);
    }

    public void AddArchives(IEnumerable<AptSource> sources)
    {
        foreach (var source in sources)
        {
            _archives[source.AddressIn("/apt/{archive}/")] = source.Address;
        }
    }

    public void Dispose()
    {
        _listener.Close();
        _upstream.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                // Closed, or the one who asked has gone.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var isKnown = context.User?.Identity is HttpListenerBasicIdentity { Name: User } who && who.Password == Password;
        if (isKnown && await FindAsync(path) is { } content)
        {
            _served.Enqueue(path);
            context.Response.ContentType = path.EndsWith('/') ? "text/html" : "application/octet-stream";
            context.Response.Close(content, willBlock: true);
            return;
        }

        context.Response.StatusCode = isKnown ? 404 : 403;
        context.Response.Close();
    }

    private async Task<byte[]?> FindAsync(string path)
    {
        if (_archives.FirstOrDefault(archive => path.StartsWith($"{archive.Key}/", StringComparison.Ordinal)) is not { Key: { } place, Value: var upstream })
        {
            return _files.GetValueOrDefault(path);
        }

        using var answer = await _upstream.GetAsync(new Uri(upstream + path[place.Length..]));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : null;
    }

    private static byte[] Archive(params (string Path, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(compressed))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return bytes.ToArray();
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
