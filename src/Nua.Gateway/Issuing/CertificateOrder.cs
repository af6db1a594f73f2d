using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nua.Gateway.Acme;
using Nua.Gateway.Certificates;

namespace Nua.Gateway.Issuing;

/// <summary>Obtains a certificate: orders it, shows for each name that it leads here, and fetches it.</summary>
/// <param name="responders">The ways to show it, the preferred one first.</param>
internal sealed class CertificateOrder(IReadOnlyList<IChallengeResponder> responders)
{
    /// <param name="account">With whom.</param>
    /// <param name="host">The name.</param>
    /// <param name="replaces">The certificate that it takes the place of, if it is of the same authority.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The certificate, those that vouch for it, and its key: PEM.</returns>
    /// <exception cref="AcmeRefusal">The authority said no, or nothing.</exception>
    public async Task<string> ObtainAsync(
        AcmeAccount account, string host, X509Certificate2? replaces, CancellationToken cancellation)
    {
        var order = await account.OrderAsync([host], replaces is null ? null : Renewal.IdOf(replaces), cancellation);
        foreach (var place in order.Order.Authorizations)
        {
            var authorization = await account.AuthorizationAsync(place, cancellation);
            if (authorization.Status is not "valid")
            {
                await ShowAsync(account, host, place, authorization, cancellation);
            }
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var chain = await account.FetchAsync(order, RequestFor(host, key), cancellation);
        return $"{chain.TrimEnd()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private async Task ShowAsync(
        AcmeAccount account, string host, Uri place, AcmeAuthorization authorization, CancellationToken cancellation)
    {
        var (responder, challenge) = Choose(authorization);
        // The name that was ordered, whatever the authority calls it: it goes into a zone, signed with the operator's key.
        var answer = new ChallengeAnswer(Wildcard.Below(host), challenge.Token!, account.AnswerTo(challenge.Token!));
        await responder.PresentAsync(answer, cancellation);
        try
        {
            await account.ProveAsync(place, challenge, cancellation);
        }
        finally
        {
            await responder.WithdrawAsync(answer);
        }
    }

    private (IChallengeResponder Responder, AcmeChallenge Challenge) Choose(AcmeAuthorization authorization)
    {
        foreach (var responder in responders)
        {
            if (authorization.Challenges.FirstOrDefault(one => one.Type == responder.Type && one.Token is not null) is { } challenge)
            {
                return (responder, challenge);
            }
        }

        var offered = string.Join(", ", authorization.Challenges.Select(challenge => challenge.Type));
        throw new AcmeRefusal(new AcmeProblem("", $"For {authorization.Name} the authority takes nothing but {offered}."));
    }

    /// <summary>PKCS #10: the name stands in the alternative names only, as the CA/Browser Forum wants it.</summary>
    private static byte[] RequestFor(string host, ECDsa key)
    {
        var request = new CertificateRequest(new X500DistinguishedName(""), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSigningRequest();
    }
}
