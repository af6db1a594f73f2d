using Nua.Api;

namespace Nua.Server.Endpoints;

/// <summary>Certificates of public names.</summary>
internal static class CertificateEndpoints
{
    /// <summary>Adds the routes of certificates.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane) =>
        api.MapGet("/v1/certificates", async (CancellationToken stop) => new CertificateList(await plane.Certificates(stop)))
            .WithSummary("Every public name, and how it stands with its certificate");
}
