using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Nua.Gateway.Listening;

/// <summary>Kestrel with nothing around it: no settings from files or variables, no signals, no page that tells its name.</summary>
internal static class BareServer
{
    /// <summary>A server that, told to stop, gives what is under way so much time.</summary>
    public static WebApplicationBuilder CreateBuilder(ListeningSockets sockets, ILoggerFactory logs, TimeSpan patience)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, Unattended>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = patience);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = sockets.Bind);
        builder.WebHost.UseKestrelCore();
        return builder;
    }

    // The program ends both servers, in order, when it is told to; the default would have each end itself.
    private sealed class Unattended : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
