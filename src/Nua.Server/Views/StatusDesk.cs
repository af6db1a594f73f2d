using System.Reflection;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Server.Views;

/// <summary>Answers how the server itself is.</summary>
internal sealed class StatusDesk(NuaHome home, EngineSeams seams, IOperationLog log, ServerState state, Reconciler reconciler)
{
    private static readonly TimeSpan LastDay = TimeSpan.FromDays(1);

    private readonly long _started = seams.Clock.GetTimestamp();

    /// <summary>Nua's version.</summary>
    public static string Version { get; } =
        typeof(StatusDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The server, the engine and the gateway, each asked now.</summary>
    public async Task<StatusView> AskAsync(CancellationToken cancellation)
    {
        var instances = await seams.Journal.InstancesAsync(cancellation);
        var underWay = await OperationViews.UnderWayAsync(log, cancellation);
        return new StatusView(
            Version,
            state.Now,
            Environment.ProcessId,
            (long)seams.Clock.GetElapsedTime(_started).TotalSeconds,
            home.State,
            await EngineAsync(cancellation),
            await GatewayAsync(cancellation),
            new CountsView(
                instances.Count,
                instances.Count(instance => instance.Desired is DesiredState.Started),
                underWay.Count),
            underWay,
            await RepairsAsync(cancellation));
    }

    private async Task<RepairsView> RepairsAsync(CancellationToken cancellation)
    {
        var filter = new OperationFilter(Kind: ReconcileInstance.Name, Since: seams.Clock.GetUtcNow() - LastDay);
        var repairs = await log.ListAsync(filter, int.MaxValue, cancellation);
        return new RepairsView(repairs.Count, repairs is [var last, ..] ? OperationViews.Of(last) : null);
    }

    private async Task<EngineStatus> EngineAsync(CancellationToken cancellation)
    {
        try
        {
            var version = await seams.Runtime.PingAsync(cancellation);
            return new EngineStatus(
                seams.Runtime.Name, version, reconciler.Refusal is { } refusal ? ProblemViews.Of(refusal) : null);
        }
        catch (NuaException failure)
        {
            return new EngineStatus(seams.Runtime.Name, Problem: ProblemViews.Of(failure.Problem));
        }
    }

    private async Task<GatewayStatus> GatewayAsync(CancellationToken cancellation)
    {
        try
        {
            var port = await seams.Gateway.HttpsPortAsync(cancellation);
            return new GatewayStatus(port, (await seams.Gateway.ListAsync(cancellation)).Count);
        }
        catch (NuaException failure)
        {
            return new GatewayStatus(Problem: ProblemViews.Of(failure.Problem));
        }
    }
}
