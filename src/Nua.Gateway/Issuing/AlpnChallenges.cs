using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Nua.Gateway.Certificates;

namespace Nua.Gateway.Issuing;

/// <summary>
/// Answers in a handshake that asks for nothing else (RFC 8737): with a certificate that holds the answer, and that no visitor is shown.
/// </summary>
internal sealed class AlpnChallenges(TimeProvider clock) : IChallengeResponder
{
    /// <summary>What an authority offers, and nobody else.</summary>
    public static readonly SslApplicationProtocol Protocol = new("acme-tls/1");

    private readonly ConcurrentDictionary<string, SslStreamCertificateContext> _answers = new(StringComparer.OrdinalIgnoreCase);
    private int _pending;

    public string Type => "tls-alpn-01";

    /// <summary>Whether anybody may ask. Looked at for every connection, so it costs nothing.</summary>
    public bool ArePending => Volatile.Read(ref _pending) > 0;

    public Task PresentAsync(ChallengeAnswer answer, CancellationToken cancellation)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(answer.Text));
        var certificate = CertificateProfile.CreateChallenge(answer.Host, hash, clock.GetUtcNow());
        _answers[answer.Host] = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        Interlocked.Increment(ref _pending);
        return Task.CompletedTask;
    }

    public Task WithdrawAsync(ChallengeAnswer answer)
    {
        if (_answers.TryRemove(answer.Host, out _))
        {
            Interlocked.Decrement(ref _pending);
        }

        return Task.CompletedTask;
    }

    /// <summary>The answer for a name; <see langword="null"/>: nobody was told to ask.</summary>
    public SslStreamCertificateContext? Find(string host) => _answers.GetValueOrDefault(host);
}
