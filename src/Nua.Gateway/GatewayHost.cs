using Nua.Gateway.Admin;
using Nua.Gateway.Certificates;
using Nua.Gateway.Checking;
using Nua.Gateway.Issuing;
using Nua.Gateway.Listening;
using Nua.Gateway.Routing;
using Nua.Gateway.Visitors;

namespace Nua.Gateway;

/// <summary>
/// A running gateway: one web server for the visitors and another for the control plane, so that no visitor can reach the latter.
/// </summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    // For what is under way when the gateway stops. The control plane asks again.
    private static readonly TimeSpan PatienceWithVisitors = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceWithControlPlane = TimeSpan.FromSeconds(1);

    private readonly HomeLock _homeLock;
    private readonly CertificateKeeper _keeper;
    private readonly ServedWatch _watch;
    private readonly WebApplication _visitors;
    private readonly WebApplication _admin;
    private readonly ILogger _log;

    private GatewayHost(GatewaySettings settings, HomeLock homeLock, TimeProvider clock, ILoggerFactory logs)
    {
        var home = settings.Home;
        var certificates = new CertificateStore(home, clock, logs.CreateLogger<CertificateStore>());

        // Now, so that the local authority is there to be trusted, and a state that is of no use is found before a visitor comes.
        certificates.Prepare(Handshakes.Fallback);
        var store = new RouteTableStore(home.GatewayState, logs.CreateLogger<RouteTableStore>());
        var table = new RoutingTable(store, certificates);
        var sockets = new ListeningSockets(settings);
        var (challenges, alpn) = (new HttpChallenges(), new AlpnChallenges(clock));
        _watch = new ServedWatch(new ServedCheck(certificates, () => Ports.HttpsDoor, clock), table, clock, logs.CreateLogger<ServedWatch>());
        var (state, names) = (new IssuingState(home.GatewayState), new PublicNames(table, certificates));
        var care = new NameCare(state, certificates, clock, logs.CreateLogger<NameCare>());
        var workshop = new Workshop(state, challenges, alpn, clock, logs.CreateLogger<Workshop>());
        _keeper = new CertificateKeeper(state, names, care, workshop.Make, clock, logs.CreateLogger<CertificateKeeper>());
        certificates.TellChanges(Wake);
        table.TellChanges(Wake);

        var answering = new Answering(logs.CreateLogger<Answering>());
        var report = new CertificateReport(names, care, certificates, _watch, clock);
        var admin = new AdminEndpoints(table, Ports, answering, clock, logs.CreateLogger<AdminEndpoints>());
        var aboutCertificates = new CertificateEndpoints(_keeper, report, certificates, _watch, answering, logs.CreateLogger<CertificateEndpoints>());

        _homeLock = homeLock;
        _log = logs.CreateLogger<GatewayHost>();
        _visitors = VisitorServer.Build(
            settings,
            table,
            new Handshakes(table, certificates, alpn),
            challenges,
            Ports,
            clock,
            BareServer.CreateBuilder(sockets, logs, PatienceWithVisitors));
        _admin = AdminServer.Build(home, admin, aboutCertificates, BareServer.CreateBuilder(sockets, logs, PatienceWithControlPlane));
    }

    public PublicPorts Ports { get; } = new();

    /// <exception cref="GatewayException">The home or an address cannot be had; nothing was started.</exception>
    public static async Task<GatewayHost> StartAsync(
        GatewaySettings settings, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        ListeningSockets.CheckPath(settings.Home.PrivateDoorSocket);
        StateFile.CreateFolder(settings.Home.Run);
        var homeLock = HomeLock.Take(settings.Home.GatewayState);
        try
        {
            var gateway = new GatewayHost(settings, homeLock, clock, logs);
            await gateway.OpenAsync(cancellation);
            return gateway;
        }
        catch
        {
            homeLock.Dispose();
            throw;
        }
    }

    /// <summary>Takes no new connection, lets what is under way end, and stops.</summary>
    public async Task StopAsync()
    {
        _log.Stopping(PatienceWithVisitors.TotalSeconds);
        await _keeper.DisposeAsync();
        await _watch.DisposeAsync();
        await _visitors.StopAsync(CancellationToken.None);
        await _admin.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _visitors.DisposeAsync();
        await _admin.DisposeAsync();
        _homeLock.Dispose();
    }

    private void Wake()
    {
        _keeper.Wake();
        _watch.Wake();
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        try
        {
            await _visitors.StartAsync(cancellation);
            await _admin.StartAsync(cancellation);
        }
        catch
        {
            await _visitors.DisposeAsync();
            await _admin.DisposeAsync();
            throw;
        }

        // Only now: an authority comes in by the doors.
        _keeper.Start();
        _watch.Start();
        _log.Ready(AdminEndpoints.Version, string.Join(", ", Ports.Http), string.Join(", ", Ports.Https));
    }
}
