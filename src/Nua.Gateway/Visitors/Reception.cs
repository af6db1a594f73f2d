using System.Net;
using Nua.Gateway.Issuing;
using Nua.Gateway.Listening;
using Nua.Gateway.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Nua.Gateway.Visitors;

/// <summary>Takes every request that comes in by a door for visitors, and sees that it gets an answer.</summary>
internal sealed class Reception(
    RoutingTable table, HttpChallenges challenges, IHttpForwarder forwarder, PublicPorts ports, TimeProvider clock, ILogger<Reception> log) : IDisposable
{
    private static readonly ForwarderRequestConfig Request = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,

        // The longest silence of either side: long polls, quiet WebSockets and event streams stay well below it.
        ActivityTimeout = TimeSpan.FromMinutes(15),
    };

    private static readonly ForwarderError[] VisitorsErrors =
    [
        ForwarderError.RequestCanceled, ForwarderError.RequestBodyCanceled, ForwarderError.RequestBodyClient,
        ForwarderError.ResponseBodyCanceled, ForwarderError.ResponseBodyClient,
        ForwarderError.UpgradeRequestCanceled, ForwarderError.UpgradeRequestClient,
        ForwarderError.UpgradeResponseCanceled, ForwarderError.UpgradeResponseClient,
    ];

    private readonly HttpMessageInvoker _workloads = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),

        // Shorter than the 5 seconds after which common application servers hang up: who reuses a connection should be the one
        // who ends it.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
    });

    public void Dispose() => _workloads.Dispose();

    public Task ServeAsync(HttpContext context)
    {
        if (!RequestTarget.TryRead(context, out var target))
        {
            return ErrorPage.BadRequest.WriteAsync(context);
        }

        // Before the redirect: an authority asks by plain HTTP, for names whose certificate is still to come.
        if (challenges.Find(target.Path) is { } answer)
        {
            context.Response.ContentType = "application/octet-stream";
            return context.Response.WriteAsync(answer, context.RequestAborted);
        }

        var door = Visitor.Of(context).Door;
        if (door is Door.Http && ports.ForRedirects is { } https && table.MapFor(door).Find(target.Host, target.Path) is { Entry.Tls: true } secured)
        {
            RedirectToHttps(context, secured.Domain.Host, https, target);
            return Task.CompletedTask;
        }

        return table.Enter(door, target.Host, target.Path) is { } route
            ? ForwardAsync(context, route)
            : ErrorPage.NotFound.WriteAsync(context);
    }

    // 308 keeps the method and the body: a form posted to the old address is not lost.
    private static void RedirectToHttps(HttpContext context, string host, int port, RequestTarget target)
    {
        var authority = port == 443 ? host : $"{host}:{port}";
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"https://{authority}{target.Path}{target.Query}";
    }

    private async Task ForwardAsync(HttpContext context, LiveRoute route)
    {
        try
        {
            route.Traffic.CountRequest();
            if (route.Entry.Paused)
            {
                await ErrorPage.Paused.WriteAsync(context);
                return;
            }

            if (route.Workload.InFlight > Workload.MostRequests)
            {
                CountFailure(route, "it has too many requests");
                await ErrorPage.Unavailable.WriteAsync(context);
                return;
            }

            var error = await forwarder.SendAsync(context, route.Destination, _workloads, Request, new RouteTransformer(route));
            if (error is not ForwarderError.None)
            {
                await ExplainAsync(context, route, error);
            }
        }
        finally
        {
            route.Workload.Leave();
        }
    }

    private async Task ExplainAsync(HttpContext context, LiveRoute route, ForwarderError error)
    {
        var isVisitorsDoing = context.RequestAborted.IsCancellationRequested || VisitorsErrors.Contains(error);
        if (!isVisitorsDoing)
        {
            CountFailure(route, context.GetForwarderErrorFeature()?.Exception?.GetBaseException().Message ?? error.ToString());
        }

        if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await PageFor(isVisitorsDoing, error).WriteAsync(context);
        }
    }

    private static ErrorPage PageFor(bool isVisitorsDoing, ForwarderError error) =>
        isVisitorsDoing ? ErrorPage.BadRequest
        : error is ForwarderError.RequestTimedOut ? ErrorPage.Timeout
        : ErrorPage.BadGateway;

    private void CountFailure(LiveRoute route, string reason)
    {
        if (route.Traffic.CountFailure(clock))
        {
            log.WorkloadFailed(route.Entry.Domain, route.Entry.Instance, route.Destination, reason, route.Traffic.Failed);
        }
    }
}
