using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nua.Gateway.Acme;

/// <summary>The wire to one certificate authority: signed messages, each with a nonce of its own (RFC 8555, section 6).</summary>
/// <param name="http">Trusts the authority's own certificate; its <c>User-Agent</c> is set (section 6.1).</param>
/// <param name="address">The authority's directory.</param>
/// <param name="clock">Tells when a date is.</param>
internal sealed class AcmeConnection(HttpClient http, Uri address, TimeProvider clock)
{
    /// <summary>How often a message is said again because its nonce was not taken: authorities that test their clients refuse many.</summary>
    private const int MostTries = 12;

    /// <summary>More than any chain of certificates or order has.</summary>
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>For a whole answer, so that one that trickles keeps nobody waiting for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentBag<string> _nonces = [];
    private AcmeDirectory? _directory;

    /// <exception cref="AcmeRefusal">It does not answer, or what answers is no authority.</exception>
    public async Task<AcmeDirectory> DirectoryAsync(CancellationToken cancellation)
    {
        if (_directory is { } known)
        {
            return known;
        }

        var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellation);
        return _directory = Read(Accept(answer), AcmeJson.Default.AcmeDirectory);
    }

    /// <summary>Asks without a signature, which only renewal information takes.</summary>
    /// <exception cref="AcmeRefusal">It said no, or nothing.</exception>
    public async Task<AcmeAnswer> GetAsync(Uri url, CancellationToken cancellation) =>
        Accept(await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, url), cancellation));

    /// <summary>Says something, signed.</summary>
    /// <exception cref="AcmeRefusal">It said no, or nothing.</exception>
    public async Task<AcmeAnswer> PostAsync(Uri url, AccountKey key, Uri? account, string payload, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var nonce = await NonceAsync(cancellation);
            var message = JsonSerializer.Serialize(SignedMessage.By(key, account, url, nonce, payload), AcmeJson.Default.SignedMessage);
            var answer = await SendAsync(() => Request(url, message), cancellation);
            try
            {
                return Accept(answer);
            }
            catch (AcmeRefusal refusal) when (refusal.Is(AcmeProblem.BadNonce) && tries < MostTries)
            {
                // The refusal brought a fresh one.
            }
        }
    }

    public static T Read<T>(AcmeAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Text, type)
                ?? throw AcmeRefusal.Outage($"{answer.Address} answers with nothing.");
        }
        catch (JsonException failure)
        {
            throw AcmeRefusal.Outage($"{answer.Address} answers with something else than RFC 8555 says.", failure);
        }
    }

    private static HttpRequestMessage Request(Uri url, string message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json");
        return request;
    }

    private async Task<string> NonceAsync(CancellationToken cancellation)
    {
        if (_nonces.TryTake(out var nonce))
        {
            return nonce;
        }

        var source = (await DirectoryAsync(cancellation)).NewNonce;
        var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Head, source), cancellation);
        Accept(answer);
        return _nonces.TryTake(out var fresh) ? fresh : throw AcmeRefusal.Outage($"{source} gives no nonce.");
    }

    private async Task<AcmeAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var request = make();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Patience);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited.Token);
            if (response.Headers.TryGetValues("Replay-Nonce", out var nonces))
            {
                _nonces.Add(nonces.First());
            }

            await response.Content.LoadIntoBufferAsync(LongestAnswer, limited.Token);
            return new AcmeAnswer(request.RequestUri!, response.StatusCode, await response.Content.ReadAsStringAsync(limited.Token))
            {
                Location = response.Headers.Location is { } place ? new Uri(request.RequestUri!, place) : null,
                RetryAfter = Wait(response.Headers.RetryAfter),
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw AcmeRefusal.Outage($"{request.RequestUri!.Authority} does not answer: {failure.GetBaseException().Message}", failure);
        }
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static AcmeAnswer Accept(AcmeAnswer answer) =>
        (int)answer.Status is >= 200 and < 300 ? answer : throw Refusal(answer);

    private static AcmeRefusal Refusal(AcmeAnswer answer)
    {
        var problem = new AcmeProblem(null, $"{answer.Address} answers {(int)answer.Status}.");
        try
        {
            problem = JsonSerializer.Deserialize(answer.Text, AcmeJson.Default.AcmeProblem) ?? problem;
        }
        catch (JsonException)
        {
            // A page of some machine in between; its status says as much.
        }

        return new AcmeRefusal(problem) { RetryAfter = answer.RetryAfter };
    }
}

/// <summary>What an authority answered.</summary>
internal sealed record AcmeAnswer(Uri Address, HttpStatusCode Status, string Text)
{
    public Uri? Location { get; init; }

    /// <summary>After how long to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
