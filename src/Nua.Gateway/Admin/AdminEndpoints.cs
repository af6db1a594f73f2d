using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nua.Api;
using Nua.Gateway.Issuing;
using Nua.Gateway.Listening;
using Nua.Gateway.Routing;

namespace Nua.Gateway.Admin;

/// <summary>What the server may ask of the gateway. All changes are idempotent and answer 204.</summary>
internal sealed class AdminEndpoints(
    RoutingTable table, CertificateKeeper keeper, PublicPorts ports, TimeProvider clock, ILogger<AdminEndpoints> log)
{
    public static string Version { get; } =
        typeof(AdminEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/state", Refusing(StateAsync));
        endpoints.MapPut("/routes", Refusing(context => ChangeAsync(context, "Published", table.Publish)));
        endpoints.MapDelete("/routes", Refusing(context => RemoveAsync(context, "Withdrew", table.Withdraw)));
        endpoints.MapPut("/candidates", Refusing(context => ChangeAsync(context, "Offered", table.Offer)));
        endpoints.MapDelete("/candidates", Refusing(context => RemoveAsync(context, "Retracted", table.Retract)));
        endpoints.MapGet("/drain", Refusing(DrainAsync));
        endpoints.MapGet("/certificates", Refusing(
            context => AnswerAsync(context, keeper.Report(), CertificateJson.Default.IReadOnlyListCertificateView)));
        endpoints.MapPut("/certificates/settings", Refusing(ChangeAuthoritiesAsync));
    }

    private Task StateAsync(HttpContext context)
    {
        var report = table.Report();
        var view = new GatewayView(
            Version,
            RouteTable.CurrentFormat,
            Environment.ProcessId,
            ports.Http,
            ports.Https,
            report.Revision,
            report.Routes,
            report.Candidates,
            report.Workloads);
        return AnswerAsync(context, view, RouteTableJson.Default.GatewayView);
    }

    // Files are written and flushed meanwhile, and no thread that serves visitors may wait for a disk.
    private async Task ChangeAsync(HttpContext context, string change, Action<RouteEntry> apply)
    {
        var route = await ReadAsync(context, RouteTableJson.Default.RouteEntry, "route");
        await Task.Run(() => apply(route));
        log.RouteChanged(change, route.Domain, route.Address, route.Deployment, route.Instance);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ChangeAuthoritiesAsync(HttpContext context)
    {
        var settings = await ReadAsync(context, CertificateJson.Default.CertificateSettings, "list of authorities");
        await Task.Run(() => keeper.Apply(settings));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task RemoveAsync(HttpContext context, string change, Action<string> apply)
    {
        var domain = context.Request.Query["domain"].ToString();
        await Task.Run(() => apply(domain));
        log.RouteRemoved(change, domain);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary><c>/drain?address=http://172.18.0.3:8000/&amp;seconds=30</c> answers when the address is idle or the time is over.</summary>
    private async Task DrainAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!Uri.TryCreate(query["address"], UriKind.Absolute, out var address)
            || !double.TryParse(query["seconds"], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || seconds is not (>= 0 and <= 86_400))
        {
            throw GatewayProblems.BadRequest("A drain needs an address and a number of seconds.");
        }

        var workload = table.WorkloadAt(address);
        var left = workload is null ? 0 : await workload.DrainAsync(TimeSpan.FromSeconds(seconds), clock, context.RequestAborted);
        await AnswerAsync(context, new WorkloadView(address, left), RouteTableJson.Default.WorkloadView);
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync(type, context.RequestAborted)
                ?? throw GatewayProblems.BadRequest($"A {what} is missing.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw GatewayProblems.BadRequest($"The {what} cannot be read.");
        }
    }

    private static Task AnswerAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(body, type, contentType: null, context.RequestAborted);

    private RequestDelegate Refusing(RequestDelegate work) => async context =>
    {
        try
        {
            await work(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be told.
        }
        catch (GatewayException problem)
        {
            context.Response.StatusCode = problem.ExitCode == GatewayException.Invalid
                ? StatusCodes.Status400BadRequest
                : StatusCodes.Status503ServiceUnavailable;
            await AnswerAsync(context, problem.Refusal, RouteTableJson.Default.GatewayRefusal);
        }
        catch (Exception bug)
        {
            log.Bug(bug);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await AnswerAsync(context, GatewayProblems.Bug, RouteTableJson.Default.GatewayRefusal);
        }
    };
}
