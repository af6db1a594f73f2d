using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using Nua.Api;
using Nua.Core.Names;
using Nua.Engine.Measuring;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>The figures of instances, for people's programs as JSON and for monitoring systems as OpenMetrics.</summary>
internal static class MetricEndpoints
{
    private const string OpenMetrics = $"{OpenMetricsText.MediaType}; version={OpenMetricsText.Version}; charset=utf-8";

    /// <summary>Adds the routes of figures.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        var measure = new MeasureInstance(plane.Seams);
        api.MapGet("/v1/instances/{name}/metrics", async Task<IResult> (string name, HttpContext context, CancellationToken stop) =>
            {
                var metrics = await measure.RunAsync(InstanceName.Parse(name), stop);
                context.Response.Headers.Vary = HeaderNames.Accept;
                return WantsOpenMetrics(context.Request)
                    ? TypedResults.Text(OpenMetricsText.Of(metrics), OpenMetrics)
                    : TypedResults.Json(MetricViews.Of(metrics), ApiJson.Default.InstanceMetricsView);
            })
            .Produces<InstanceMetricsView>()
            .WithSummary("What an instance's workloads use and its providers tell of themselves, as JSON or as OpenMetrics");
    }

    /// <summary>Whoever takes anything gets JSON, as everywhere; OpenMetrics is for who names it and likes JSON no better.</summary>
    private static bool WantsOpenMetrics(HttpRequest request)
    {
        var liking = LikingOf(request, IsOpenMetrics);
        return liking > 0 && liking >= LikingOf(request, type => Is(type, MediaTypeNames.Application.Json));
    }

    private static double LikingOf(HttpRequest request, Func<MediaTypeHeaderValue, bool> isMeant) =>
        request.GetTypedHeaders().Accept.Where(isMeant).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();

    // Who names no version takes any.
    private static bool IsOpenMetrics(MediaTypeHeaderValue type) =>
        Is(type, OpenMetricsText.MediaType)
        && type.Parameters
            .Where(parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase))
            .All(parameter => HeaderUtilities.RemoveQuotes(parameter.Value).Equals(OpenMetricsText.Version, StringComparison.Ordinal));

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);
}
