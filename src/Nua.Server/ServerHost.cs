using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Server.Doors;
using Nua.Server.Endpoints;
using Nua.Server.Listening;
using Nua.Server.Views;

namespace Nua.Server;

/// <summary>The web server of the API, on the home's Unix socket.</summary>
internal static class ServerHost
{
    /// <summary>How long operations under way may go on when the server is told to end; what is left goes on at its next start.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How soon it is noticed that whoever talks with a command is gone.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private const long UsualBodyBytes = 2_000_000;

    /// <summary>Any route may answer with a problem.</summary>
    private static IEnumerable<object> Refusals => ProblemKinds.All.Select(kind => kind.Status).Distinct().Select(
        status => new ProducesResponseTypeMetadata(status, typeof(ProblemView), [ProblemView.MediaType]));

    /// <summary>A web server on the home's socket, and at the remote door if there is one, without any route.</summary>
    public static WebApplicationBuilder CreateBuilder(NuaHome home, RemoteDoor? door = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        ServerLog.Configure(builder.Logging);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // The options of a resolver are not those of who uses it.
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, ParameterJson.Default);
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = ServerSocket.Bind);
        builder.Services.AddOpenApi(ApiDescription.Configure);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = UsualBodyBytes;
            kestrel.ListenUnixSocket(ServerSocket.PathIn(home));
            door?.Open(kestrel);
        });
        return builder;
    }

    /// <summary>Every route of the API.</summary>
    public static void Map(WebApplication app, ControlPlane plane)
    {
        var problems = new ProblemAnswers(app.Logger);
        var door = new FrontDoor(plane);
        app.Use(next => context => problems.InvokeAsync(context, next));
        app.Use(next => context => door.InvokeAsync(context, next));
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        app.Lifetime.ApplicationStopping.Register(plane.State.BecomeStopping);

        var ending = app.Lifetime.ApplicationStopping;
        var api = app.MapGroup("").WithMetadata([.. Refusals]);
        ServerEndpoints.Map(api, plane, app.Lifetime);
        InstanceEndpoints.Map(api, plane, ending);
        MetricEndpoints.Map(api, plane);
        ValueEndpoints.Map(api, plane);
        BuildEndpoints.Map(api, plane);
        ImageEndpoints.Map(api, plane);
        OperationEndpoints.Map(api, plane, ending);
        SessionEndpoints.Map(api, plane, ending);
        CronEndpoints.Map(api, plane);
        CloneEndpoints.Map(api, plane);
        CertificateEndpoints.Map(api, plane);
        AccessEndpoints.Map(api, plane);
        app.MapOpenApi("/openapi/{documentName}.json");
    }

    /// <summary>Serves until the process is told to end, then lets the operations under way come to theirs.</summary>
    public static async Task RunAsync(WebApplication app, ControlPlane plane)
    {
        await StartAsync(app);
        app.Logger.Listening(StatusDesk.Version, plane.Home.ServerSocket);
        await app.WaitForShutdownAsync();
        app.Logger.Stopping(Patience.TotalSeconds);
        await Task.WhenAny(plane.Runner.WhenIdleAsync(), Task.Delay(Patience));
        await plane.Refusals.FlushAsync(CancellationToken.None);
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new NuaException(ServerProblems.AddressInUse(failure.Message), failure);
        }
    }
}
