using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Nua.Api;
using Nua.Drivers.Routing;
using Nua.Engine.Routing;
using Nua.Gateway;
using Xunit;

namespace Nua.IntegrationTests.Gateway;

/// <summary>A gateway on free ports in a home of its own, with its client, its visitors and what stands behind it.</summary>
public abstract class GatewayFixture : IAsyncLifetime
{
    private readonly TemporaryHome _home = new();
    private readonly List<BackEnd> _backEnds = [];
    private readonly List<HttpClient> _visitors = [];
    private GatewayHost? _host;

    /// <summary>What time it is for the gateway.</summary>
    protected virtual TimeProvider Clock => TimeProvider.System;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal GatewayClient Client { get; private set; } = null!;

    internal NuaHome Home => _home.Home;

    internal int HttpPort => _host!.Ports.Http[0];

    internal int HttpsPort => _host!.Ports.Https[0];

    public virtual async ValueTask InitializeAsync()
    {
        Client = new GatewayClient(Home);
        await StartGatewayAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        _visitors.ForEach(visitor => visitor.Dispose());
        foreach (var backEnd in _backEnds)
        {
            await backEnd.DisposeAsync();
        }

        Client.Dispose();
        await StopGatewayAsync();
        _home.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task StartGatewayAsync()
    {
        // Again where it was before: others have been told.
        var settings = new GatewaySettings(
            Home,
            [new IPEndPoint(IPAddress.Loopback, _host?.Ports.Http[0] ?? 0)],
            [new IPEndPoint(IPAddress.Loopback, _host?.Ports.Https[0] ?? 0)]);
        _host = await GatewayHost.StartAsync(settings, Clock, NullLoggerFactory.Instance, Cancellation);
    }

    protected async Task StopGatewayAsync()
    {
        await _host!.StopAsync();
        await _host.DisposeAsync();
    }

    internal async Task<BackEnd> StartBackEndAsync(string name)
    {
        var backEnd = await BackEnd.StartAsync(name);
        _backEnds.Add(backEnd);
        return backEnd;
    }

    /// <summary>Starts a back end named after the domain's first label and publishes it.</summary>
    internal async Task<BackEnd> PublishAsync(string domain, bool tls = true)
    {
        var backEnd = await StartBackEndAsync(domain.Split('.', '/')[0]);
        await Client.PublishAsync(new Route(domain, backEnd.Address, "app", 1, tls), Cancellation);
        return backEnd;
    }

    /// <summary>A visitor, who may ask for <c>http://domain/</c> and <c>https://domain/</c>.</summary>
    protected HttpClient OpenVisitor(Version? version = null, bool anyName = false)
    {
        var handler = Visiting.Handler(Home, uri => uri.Scheme is "http" ? HttpPort : HttpsPort);
        if (anyName)
        {
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, _, _, errors) => errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNameMismatch;
        }

        var visitor = new HttpClient(handler)
        {
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Sends the very bytes to the door for plain HTTP.</summary>
    protected Task<string> SendRawAsync(string request) => Visiting.SendRawAsync(HttpPort, request, Cancellation);
}
