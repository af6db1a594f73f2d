using Nua.Gateway.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Nua.Gateway.Visitors;

/// <summary>Makes of a visitor's request the one that the workload gets, and of its answer the one the visitor gets.</summary>
internal sealed class RouteTransformer(LiveRoute route) : HttpTransformer
{
    private const string BrowsersInsist = "max-age=31536000";

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Copies the request with its Host, and says who asks, how and for what. Who asks may not say so himself.</summary>
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var header in httpContext.Request.Headers)
        {
            if (ForwardingHeaders.Include(header.Key))
            {
                proxyRequest.Headers.Remove(header.Key);
            }
        }

        var visitor = Visitor.Of(httpContext);
        proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-For", visitor.Address);
        proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-Proto", visitor.Door is Door.Http ? "http" : "https");
        proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-Host", httpContext.Request.Host.Value);
        if (route.Domain.Path.Length > 0)
        {
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-Prefix", route.Domain.Path);
        }

        proxyRequest.RequestUri = Destination(httpContext);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var answers = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        if (MayInsistOnHttps(httpContext) && headers.StrictTransportSecurity.Count == 0)
        {
            headers.StrictTransportSecurity = BrowsersInsist;
        }

        return answers;
    }

    private Uri Destination(HttpContext context)
    {
        // It was read once already, or the request would not have a route.
        RequestTarget.TryRead(context, out var target);
        var rest = target.Path[route.Domain.Path.Length..];
        return new Uri($"{route.Destination}{(rest.IsEmpty ? "/" : rest)}{target.Query}", AsWritten);
    }

    // Browsers apply it to the host on every port, and to names that never have a certificate they know: so not there.
    private bool MayInsistOnHttps(HttpContext context) =>
        route.IsPublicName
        && Visitor.Of(context).Door is Door.Https
        && context.Request.Host.Port is null;
}
