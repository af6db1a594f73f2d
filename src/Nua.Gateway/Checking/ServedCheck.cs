using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Nua.Api;
using Nua.Gateway.Certificates;

namespace Nua.Gateway.Checking;

/// <summary>Looks from outside at what visitors of a name are shown, and whether that is what they should be.</summary>
/// <param name="certificates">What they should be shown.</param>
/// <param name="door">Where they come in; <see langword="null"/>: nowhere.</param>
/// <param name="clock">The time.</param>
internal sealed class ServedCheck(CertificateStore certificates, Func<IPEndPoint?> door, TimeProvider clock)
{
    /// <summary>When one that nobody renews is warned about.</summary>
    public static readonly TimeSpan WarnBefore = TimeSpan.FromDays(21);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<ServedView> LookAsync(string host, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            var address = door() ?? throw new IOException("the gateway has no port for HTTPS");
            using var shown = await ShownCertificate.LookAsync(address, host, patience.Token);
            return Judge(host, shown);
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException)
        {
            return Nothing(host, $"no handshake: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Nothing(host, $"no handshake within {Patience.TotalSeconds:0} seconds");
        }
    }

    private ServedView Nothing(string host, string problem) => new(host, clock.GetUtcNow(), Serial: null, NotAfter: null, problem, Warning: null);

    private ServedView Judge(string host, ShownCertificate shown)
    {
        var (held, origin) = certificates.Held(host);
        var problems = Problems(host, shown, held, origin).ToList();
        var warning = origin is CertificateOrigin.Imported && held.NotAfter - clock.GetUtcNow() < WarnBefore
            ? $"ends on {held.NotAfter:yyyy-MM-dd}, and nobody but you renews it"
            : null;
        return new ServedView(
            host,
            clock.GetUtcNow(),
            shown.Leaf.SerialNumber,
            new DateTimeOffset(shown.Leaf.NotAfter),
            problems.Count == 0 ? null : string.Join("; ", problems),
            warning);
    }

    private IEnumerable<string> Problems(string host, ShownCertificate shown, KeyedCertificate held, CertificateOrigin origin)
    {
        var now = clock.GetUtcNow();
        if (shown.Leaf.SerialNumber != held.Leaf.SerialNumber)
        {
            yield return $"another certificate is shown ({shown.Leaf.SerialNumber}) than the newest one ({held.Leaf.SerialNumber})";
        }

        if (new DateTimeOffset(shown.Leaf.NotAfter) <= now)
        {
            yield return $"it ended on {shown.Leaf.NotAfter:yyyy-MM-dd}";
        }

        if (new DateTimeOffset(shown.Leaf.NotBefore) > now)
        {
            yield return $"it is good only from {shown.Leaf.NotBefore:yyyy-MM-dd} on";
        }

        if (!shown.Leaf.MatchesHostname(host))
        {
            yield return $"it is one for {shown.Leaf.Subject}";
        }

        if (origin is CertificateOrigin.Own && !LocalNames.Cover(host))
        {
            yield return "it is a stand-in that visitors are warned of";
        }
        else if (origin is not CertificateOrigin.Own && !shown.IsComplete())
        {
            yield return $"nobody vouches for it: the certificate of '{shown.Leaf.Issuer}' does not come with it";
        }
    }
}
