using System.Text.Json;
using Nua.Api;

namespace Nua.Gateway.Routing;

/// <summary>Keeps the public routes through restarts: <c>routes.json</c>.</summary>
internal sealed class RouteTableStore(string folder, ILogger<RouteTableStore> log)
{
    private readonly string _file = Path.Combine(folder, "routes.json");

    /// <summary>What was saved last. A damaged file is put aside, for the server tells all routes again when it starts.</summary>
    /// <exception cref="GatewayException"><c>gateway.newer-state</c>, <c>gateway.state-unusable</c></exception>
    public RouteTable Load()
    {
        var bytes = StateFile.TryRead(_file);
        if (bytes is null)
        {
            return RouteTable.Empty;
        }

        var table = TryParse(bytes);
        if (table is null)
        {
            log.RoutesDamaged(_file, StateFile.PutAside(_file));
            return RouteTable.Empty;
        }

        return table.Format <= RouteTable.CurrentFormat ? table : throw GatewayProblems.NewerState(_file, table.Format);
    }

    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Save(RouteTable table) =>
        StateFile.Write(_file, JsonSerializer.SerializeToUtf8Bytes(table, RouteTableJson.Default.RouteTable));

    private static RouteTable? TryParse(byte[] bytes)
    {
        try
        {
            var table = JsonSerializer.Deserialize(bytes, RouteTableJson.Default.RouteTable);
            return table?.Format > RouteTable.CurrentFormat || IsSound(table?.Routes) ? table : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsSound(IReadOnlyList<RouteEntry>? routes) =>
        routes is not null
        && routes.All(route => RouteDomain.TryParse(route?.Domain) is not null && RouteEntry.IsWorkload(route!.Address))
        && routes.DistinctBy(route => route.Domain).Count() == routes.Count;
}
