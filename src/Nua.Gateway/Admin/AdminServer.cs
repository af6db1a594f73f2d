using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nua.Api;

namespace Nua.Gateway.Admin;

/// <summary>The web server for the control plane, on a Unix socket that only the gateway's user may open.</summary>
internal static class AdminServer
{
    public static WebApplication Build(NuaHome home, AdminEndpoints endpoints, CertificateEndpoints certificates, WebApplicationBuilder builder)
    {
        builder.Services.AddRoutingCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenUnixSocket(home.GatewaySocket, listener => listener.Protocols = HttpProtocols.Http1));

        var server = builder.Build();
        endpoints.Map(server);
        certificates.Map(server);
        return server;
    }
}
