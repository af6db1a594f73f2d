using System.Reflection;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Server.Views;

/// <summary>Answers how the server itself is.</summary>
internal sealed class StatusDesk(ControlPlane plane)
{
    private static readonly TimeSpan LastDay = TimeSpan.FromDays(1);

    private readonly long _started = plane.Seams.Clock.GetTimestamp();

    /// <summary>Nua's version.</summary>
    public static string Version { get; } =
        typeof(StatusDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The server, the engine and the gateway, each asked now.</summary>
    public async Task<StatusView> AskAsync(CancellationToken cancellation)
    {
        var instances = await plane.Seams.Journal.InstancesAsync(cancellation);
        var underWay = await OperationViews.UnderWayAsync(plane.Log, cancellation);
        return new StatusView(
            Version,
            plane.State.Now,
            Environment.ProcessId,
            (long)plane.Seams.Clock.GetElapsedTime(_started).TotalSeconds,
            plane.Home.State,
            await EngineAsync(cancellation),
            await GatewayAsync(cancellation),
            new CountsView(
                instances.Count,
                instances.Count(instance => instance.Desired is DesiredState.Started),
                underWay.Count),
            underWay,
            await RepairsAsync(cancellation),
            plane.Door?.Status);
    }

    private async Task<RepairsView> RepairsAsync(CancellationToken cancellation)
    {
        var filter = new OperationFilter(Kind: ReconcileInstance.Name, Since: plane.Seams.Clock.GetUtcNow() - LastDay);
        var repairs = await plane.Log.ListAsync(filter, int.MaxValue, cancellation);
        return new RepairsView(repairs.Count, repairs is [var last, ..] ? OperationViews.Of(last) : null);
    }

    private async Task<EngineStatus> EngineAsync(CancellationToken cancellation)
    {
        try
        {
            var version = await plane.Seams.Runtime.PingAsync(cancellation);
            return new EngineStatus(
                plane.Seams.Runtime.Name, version, plane.Reconciler.Refusal is { } refusal ? ProblemViews.Of(refusal) : null);
        }
        catch (NuaException failure)
        {
            return new EngineStatus(plane.Seams.Runtime.Name, Problem: ProblemViews.Of(failure.Problem));
        }
    }

    private async Task<GatewayStatus> GatewayAsync(CancellationToken cancellation)
    {
        try
        {
            var port = await plane.Seams.Gateway.HttpsPortAsync(cancellation);
            return new GatewayStatus(port, (await plane.Seams.Gateway.ListAsync(cancellation)).Count);
        }
        catch (NuaException failure)
        {
            return new GatewayStatus(Problem: ProblemViews.Of(failure.Problem));
        }
    }
}
