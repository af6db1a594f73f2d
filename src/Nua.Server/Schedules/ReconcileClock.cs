using Nua.Core.Problems;

namespace Nua.Server.Schedules;

/// <summary>
/// Wakes the server: has a gateway, finishes or undoes what a crash interrupted, compares what runs with what is wanted, and
/// only then takes work. From then on compares every while.
/// </summary>
/// <param name="plane">The control plane.</param>
/// <param name="keepGateway">Has a gateway running.</param>
/// <param name="log">The server's log.</param>
internal sealed class ReconcileClock(ControlPlane plane, Func<CancellationToken, Task> keepGateway, ILogger<ReconcileClock> log)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync("having a gateway", () => keepGateway(stoppingToken));
        await TryAsync("resuming", () => ResumeAsync(stoppingToken));
        await TryAsync("reconciling", () => ReconcileAsync(stoppingToken));
        new Housekeeping(plane).PruneUploads();
        plane.State.BecomeReady();
        log.Ready();

        using var beat = new PeriodicTimer(Beat, plane.Seams.Clock);
        while (await beat.WaitForNextTickAsync(stoppingToken) && plane.State.Now is ServerState.Ready)
        {
            await TryAsync("having a gateway", () => keepGateway(stoppingToken));
            await TryAsync("reconciling", () => ReconcileAsync(stoppingToken));
        }
    }

    private async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var operation in await plane.Runner.ResumeUnfinishedAsync(plane.UseCases, cancellation))
        {
            log.Resumed(operation.Kind, operation.Subject, operation.Id, operation.State);
        }
    }

    private async Task ReconcileAsync(CancellationToken cancellation)
    {
        foreach (var mended in await plane.Reconciler.PassAsync(cancellation))
        {
            log.Reconciling(mended.Instance.ToString(), mended.Operation, mended.Why);
        }
    }

    /// <summary>An engine or a gateway that is away comes back; the server waits for it, and says so.</summary>
    private async Task TryAsync(string what, Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (NuaException failure)
        {
            log.TriedInVain(what, failure.Problem);
        }
    }
}
