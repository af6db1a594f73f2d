using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nua.Core.Problems;
using Nua.Engine.Build.Sources;

namespace Nua.Drivers.Sources;

/// <summary>Downloads one archive: as much as is taken, for as long as its server says something.</summary>
internal sealed class Download : IDisposable
{
    private const int MostRedirections = 10;
    private const int ChunkBytes = 81920;
    private const long NewsBytes = 25_000_000;

    private readonly RemoteSource.Archive _source;
    private readonly SourceSettings _settings;
    private readonly HttpClient _http;

    public Download(RemoteSource.Archive source, SourceSettings settings)
    {
        (_source, _settings) = (source, settings);
        _http = new HttpClient(HandlerOf(settings)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("nua");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for it; the content is still to be read.</summary>
    public async Task<HttpResponseMessage> AskAsync(CancellationToken cancellation)
    {
        var answer = await PatientlyAsync(
            stop => _http.GetAsync(new Uri(_source.Url), HttpCompletionOption.ResponseHeadersRead, stop), cancellation);
        if (answer.StatusCode is HttpStatusCode.OK)
        {
            return answer;
        }

        using (answer)
        {
            throw new NuaException(SourceProblems.Unreachable(_source, WhyOf(answer)));
        }
    }

    /// <summary>Writes the content to a file; answers with its SHA-256.</summary>
    public async Task<string> SaveAsync(HttpResponseMessage answer, string file, IProgress<string> log, CancellationToken cancellation)
    {
        var length = answer.Content.Headers.ContentLength;
        log.Report(length is { } known ? $"Fetching {_source.Url}, {known / 1e6:0.0} MB." : $"Fetching {_source.Url}.");
        RefuseAbove(length ?? 0);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
        await using var target = File.Create(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ChunkBytes];
        var total = 0L;
        while (await PatientlyAsync(stop => content.ReadAsync(buffer, stop).AsTask(), cancellation) is > 0 and var read)
        {
            RefuseAbove(total + read);
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (total / NewsBytes != (total += read) / NewsBytes)
            {
                log.Report($"{total / 1e6:0} MB so far.");
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // What was compressed on purpose is not to be unpacked on the way; a redirection never leads from https to http.
    private static SocketsHttpHandler HandlerOf(SourceSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.None,
            MaxAutomaticRedirections = MostRedirections,
            ConnectTimeout = settings.Patience,
        };
        if (settings.Authorities is { } authorities)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }

    private static string WhyOf(HttpResponseMessage answer) => answer.Headers.Location is { } elsewhere
        ? $"it answers {(int)answer.StatusCode} and leads to {elsewhere}, where Nua does not follow."
        : $"it answers {(int)answer.StatusCode} {answer.ReasonPhrase}.";

    private async Task<T> PatientlyAsync<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.Patience);
        try
        {
            return await wait(patience.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            var why = $"it said nothing for {_settings.Patience.TotalSeconds:0} seconds.";
            throw new NuaException(SourceProblems.Unreachable(_source, why), late);
        }
        // The last is a redirection to what is no address of the web.
        catch (Exception failure) when (failure is HttpRequestException or IOException or UriFormatException)
        {
            throw new NuaException(SourceProblems.Unreachable(_source, Innermost(failure)), failure);
        }
    }

    private static string Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure.Message;

    private void RefuseAbove(long bytes)
    {
        if (bytes > _settings.Limits.Bytes)
        {
            throw new NuaException(SourceProblems.TooLarge(_source, $"it has more than {_settings.Limits.Bytes / 1e6:0} MB"));
        }
    }
}
