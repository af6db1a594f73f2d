using Nua.Api;
using Nua.Server.Doors;

namespace Nua.Server.Endpoints;

/// <summary>The certificates that visitors are shown.</summary>
internal static class CertificateEndpoints
{
    /// <summary>Adds the routes of certificates.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        api.MapGet("/v1/certificates", async (CancellationToken stop) => new CertificateList(await plane.Certificates.CertificatesAsync(stop)))
            .WithSummary("Every public name, and how it stands with its certificate");
        api.MapPost("/v1/certificates/check", (string? name, CancellationToken stop) => plane.Certificates.CheckCertificatesAsync(name, stop))
            .WithSummary("Look at what visitors are shown now, by a handshake at the public port");

        MapImported(api, plane);
        MapDealings(api, plane);
    }

    private static void MapImported(IEndpointRouteBuilder api, ControlPlane plane)
    {
        api.MapPut(
                "/v1/certificates/imported",
                async (ImportBody body, HttpContext context, CancellationToken stop) =>
                {
                    var imported = await plane.Certificates.ImportCertificateAsync(body, stop);
                    AuditNotes.Of(context).About = $"certificate {imported.Names[0]}";
                    return imported;
                })
            .WithSummary("Show a certificate of one's own from now on");

        api.MapDelete(
                "/v1/certificates/imported/{name}",
                (string name, HttpContext context, CancellationToken stop) =>
                {
                    AuditNotes.Of(context).About = $"certificate {name}";
                    return plane.Certificates.RemoveCertificateAsync(name, stop);
                })
            .WithSummary("Show certificates of one's own no longer that have this name");
    }

    private static void MapDealings(IEndpointRouteBuilder api, ControlPlane plane)
    {
        api.MapPost(
                "/v1/certificates/{name}/renew",
                (string name, bool? force, HttpContext context, CancellationToken stop) =>
                {
                    AuditNotes.Of(context).About = $"certificate {name}";
                    return plane.Certificates.RenewCertificateAsync(name, force ?? false, stop);
                })
            .WithSummary("Ask for a certificate now, and wait for it");

        api.MapPost(
                "/v1/certificates/{name}/revoke",
                (string name, string? reason, HttpContext context, CancellationToken stop) =>
                {
                    AuditNotes.Of(context).About = $"certificate {name}";
                    return plane.Certificates.RevokeCertificateAsync(name, reason ?? "unspecified", stop);
                })
            .WithSummary("Replace a certificate, and have its authority revoke it");

        api.MapPost("/v1/certificates/rollover", (string? authority, CancellationToken stop) => plane.Certificates.RollOverAsync(authority, stop))
            .WithSummary("Give the accounts with authorities new keys");
    }
}
