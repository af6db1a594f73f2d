using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Nua.Api;
using Nua.Drivers.Sources;
using Nua.Engine.Access;
using Nua.Engine.Build.Sources;
using Nua.Engine.Build;
using Nua.Engine.Images;
using Nua.Server.Doors;
using Nua.Server.Listening;
using Nua.Server.Settings;
using Nua.Server.Uploads;
using Nua.Server;
using Nua.Testing.Fakes;
using Nua.Tests.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Server;

/// <summary>The real server on a real socket, with nothing real behind its seams.</summary>
internal sealed class ServerWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private ServerWorld(DirectoryInfo folder, NuaHome home, DeployWorld world, ControlPlane plane, WebApplication app)
    {
        (_folder, Home, World, Plane, _app) = (folder, home, world, plane, app);
        Client = NuaClient.Over(home.ServerSocket);
        Http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, stop) => ConnectAsync(home.ServerSocket, stop) })
        {
            BaseAddress = new Uri("http://nua/"),
        };
    }

    public NuaHome Home { get; }

    public DeployWorld World { get; }

    /// <summary>What builds keep.</summary>
    public InMemoryBuildCache BuildCache => (InMemoryBuildCache)Plane.BuildCache;

    public ControlPlane Plane { get; }

    public NuaClient Client { get; }

    /// <summary>For what no client of Nua's would send.</summary>
    public HttpClient Http { get; }

    public IEnumerable<RouteEndpoint> Routes =>
        _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>The remote door.</summary>
    public Uri Door => new(_app.Urls.Single(url => url.StartsWith("https://", StringComparison.Ordinal)));

    /// <summary>What is said to stand behind certificates.</summary>
    public PaperDesk Certificates { get; private init; } = new();

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ServerWorld> StartAsync(
        bool ready = true, bool remote = false, TimeProvider? clock = null, IAccessStore? tokens = null)
    {
        var folder = Directory.CreateTempSubdirectory("nua-server-");
        var home = NuaHome.Under(folder.FullName);
        using var alone = HomeLock.Take(home);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nua-agent"), "what builds lay into images", Cancellation);
        var world = new DeployWorld(clock: clock);
        var door = remote ? RemoteDoor.Of(home, new ApiSettings(["127.0.0.1:0"]), NullLogger.Instance) : null;
        var certificates = new PaperDesk();
        var plane = new ControlPlane(
            new Furniture(
                home,
                world.Seams,
                new NamedImageBuilder(world),
                new BuildSettings(Path.Combine(folder.FullName, "nua-agent"), Path.Combine(home.State, "builds")),
                new SourceFetcher(new SourceSettings(Path.Combine(home.State, "sources"), Path.Combine(home.State, "scratch"))),
                world.Log,
                new UploadStore(Path.Combine(home.State, "uploads"), new UnpackingLimits(Bytes: 1_000_000, Entries: 100)),
                new InMemoryBuildCache())
            {
                Certificates = certificates,
                Tokens = tokens ?? new InMemoryAccessStore(),
                Audit = new InMemoryAuditTrail(),
                Door = door,
            },
            NullLogger.Instance);
        var builder = ServerHost.CreateBuilder(home, door);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        ServerHost.Map(app, plane);
        await app.StartAsync(Cancellation);
        if (ready)
        {
            plane.State.BecomeReady();
        }

        return new ServerWorld(folder, home, world, plane, app) { Certificates = certificates };
    }

    /// <summary>Follows an operation to its end.</summary>
    public async Task<OperationView> EndOfAsync(OperationView operation) =>
        (await Client.WatchAsync(operation.Id, Cancellation).OfType<OperationEventView.Ended>().SingleAsync(Cancellation)).Operation;

    public async Task<OperationView> DeployAsync(string image = "notes") =>
        await EndOfAsync(await Client.DeployAsync(new DeployBody(image), Cancellation));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Builds by naming: enough for what lies before and after a build.</summary>
    private sealed class NamedImageBuilder(DeployWorld world) : IImageBuilder
    {
        public Task<Image> BuildAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellation) => Task.FromResult(
            world.Images.Add(build.Tag, build.Labels));
    }
}
