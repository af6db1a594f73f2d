using System.Globalization;
using System.Reflection;
using Nua.Api;
using Nua.Gateway.Listening;
using Nua.Gateway.Routing;

namespace Nua.Gateway.Admin;

/// <summary>What the server may ask of the gateway. All changes are idempotent and answer 204.</summary>
internal sealed class AdminEndpoints(
    RoutingTable table, PublicPorts ports, Answering answering, TimeProvider clock, ILogger<AdminEndpoints> log)
{
    public static string Version { get; } =
        typeof(AdminEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/state", answering.Refusing(StateAsync));
        endpoints.MapPut("/routes", answering.Refusing(context => ChangeAsync(context, "Published", table.Publish)));
        endpoints.MapDelete("/routes", answering.Refusing(context => RemoveAsync(context, "Withdrew", table.Withdraw)));
        endpoints.MapPut("/candidates", answering.Refusing(context => ChangeAsync(context, "Offered", table.Offer)));
        endpoints.MapDelete("/candidates", answering.Refusing(context => RemoveAsync(context, "Retracted", table.Retract)));
        endpoints.MapGet("/drain", answering.Refusing(DrainAsync));
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
        return Answering.AnswerAsync(context, view, RouteTableJson.Default.GatewayView);
    }

    // Files are written and flushed meanwhile, and no thread that serves visitors may wait for a disk.
    private async Task ChangeAsync(HttpContext context, string change, Action<RouteEntry> apply)
    {
        var route = await Answering.ReadAsync(context, RouteTableJson.Default.RouteEntry, "route");
        await Task.Run(() => apply(route));
        log.RouteChanged(change, route.Domain, route.Address, route.Deployment, route.Instance);
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
        await Answering.AnswerAsync(context, new WorkloadView(address, left), RouteTableJson.Default.WorkloadView);
    }
}
