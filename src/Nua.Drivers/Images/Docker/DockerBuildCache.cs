using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nua.Core.Problems;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Images;

namespace Nua.Drivers.Images.Docker;

/// <summary>What the BuildKit of a Docker engine keeps.</summary>
/// <param name="socket">The engine's Unix socket.</param>
public sealed partial class DockerBuildCache(string socket) : IBuildCache, IDisposable
{
    // The client library has no call to remove a part of it.
    private readonly HttpClient _engine = new(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(socket, cancellation) })
    {
        BaseAddress = new Uri("http://engine/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<IReadOnlyList<CachedPart>> ListAsync(CancellationToken cancellation)
    {
        using var usage = await AskAsync("list what builds keep", HttpMethod.Get, "system/df?type=build-cache", cancellation);
        return usage.RootElement.TryGetProperty("BuildCache", out var parts) && parts.ValueKind is JsonValueKind.Array
            ? [.. parts.EnumerateArray().Select(PartOf)]
            : [];
    }

    public async Task RemoveAsync(CachedPart part, CancellationToken cancellation)
    {
        var filter = Uri.EscapeDataString($$"""{"id":["{{part.Id}}"]}""");
        using var _ = await AskAsync($"remove '{part.Id}' of what builds keep", HttpMethod.Post, $"build/prune?all=true&filters={filter}", cancellation);
    }

    public void Dispose() => _engine.Dispose();

    /// <summary>Whether it is a folder of downloads that a step of ours mounts. An engine tells its place and the command, but no id.</summary>
    internal static bool IsDownloads(string type, string description) => type == "exec.cachemount" && OwnMount.IsMatch(description);

    private static CachedPart PartOf(JsonElement part) => new(
        part.GetProperty("ID").GetString()!,
        part.GetProperty("Size").GetInt64(),
        IsDownloads(part.GetProperty("Type").GetString() ?? "", part.GetProperty("Description").GetString() ?? ""));

    private async Task<JsonDocument> AskAsync(string what, HttpMethod method, string path, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await _engine.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode ? JsonDocument.Parse(text) : throw new NuaException(EngineFaults.Explain(what, text));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            throw new NuaException(EngineFaults.Unreachable(socket, failure), failure);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [GeneratedRegex(
        @"\Acached mount (?:/nua/\.cache from exec |(?:/var/cache/apt|/var/lib/apt/lists) from exec .*apt-get .*APT::Update::Error-Mode=any)",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnMount { get; }
}
