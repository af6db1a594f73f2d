using System.Diagnostics.CodeAnalysis;
using Nua.Core.Problems;
using Nua.Engine.Commands;

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

    /// <summary>How often what nothing uses any more is removed.</summary>
    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(1);

    private Problem? _lastRefusal;
    private DateTimeOffset _prunedAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        plane.LeftBehind.ToList().ForEach(log.LeftBehind);
        await BeatAsync(stoppingToken);
        await PruneAsync(stoppingToken);
        await TryAsync("removing the containers of old commands", RemoveOneOffsAsync, stoppingToken);
        plane.State.BecomeReady();
        log.Ready();

        using var beat = new PeriodicTimer(Beat, plane.Seams.Clock);
        while (await beat.WaitForNextTickAsync(stoppingToken) && plane.State.Now is ServerState.Ready)
        {
            await BeatAsync(stoppingToken);
            await PruneAsync(stoppingToken);
            await TryAsync("running what is due", CronAsync, stoppingToken);
        }
    }

    private async Task BeatAsync(CancellationToken cancellation)
    {
        await TryAsync("having a gateway", keepGateway, cancellation);
        await TryAsync("resuming", ResumeAsync, cancellation);
        await TryAsync("reconciling", ReconcileAsync, cancellation);
    }

    /// <summary>Only when the engine and the gateway answer: an undo without them would be in vain.</summary>
    private async Task ResumeAsync(CancellationToken cancellation)
    {
        if (await plane.Log.UnfinishedAsync(cancellation) is [])
        {
            return;
        }

        _ = await plane.Seams.Runtime.PingAsync(cancellation);
        _ = await plane.Seams.Gateway.HttpsPortAsync(cancellation);
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

        var refusal = plane.Reconciler.Refusal;
        if (refusal is not null && refusal.Message != _lastRefusal?.Message)
        {
            log.NotReconciling(refusal.Message, refusal.Hint, refusal.Code);
        }

        _lastRefusal = refusal;
    }

    private async Task CronAsync(CancellationToken cancellation)
    {
        foreach (var due in await plane.Cron.PassAsync(cancellation))
        {
            log.CronDue(due.Job, due.Instance.ToString(), due.Scheduled);
        }
    }

    private async Task RemoveOneOffsAsync(CancellationToken cancellation)
    {
        foreach (var left in await new OneOffLeftovers(plane.Seams, plane.Log).RemoveAsync(cancellation))
        {
            log.LeftBehind($"Removed {left}, the container of a command that had ended.");
        }
    }

    private async Task PruneAsync(CancellationToken cancellation)
    {
        var now = plane.Seams.Clock.GetUtcNow();
        if (now - _prunedAt < BetweenPrunings)
        {
            return;
        }

        _prunedAt = now;
        var housekeeping = new Housekeeping(plane);
        await TryAsync("removing what nothing uses any more", housekeeping.PruneAsync, cancellation);
    }

    /// <summary>
    /// An engine or a gateway that is away comes back; the server waits for it, and says so. A bug must not end the server
    /// that everything else depends on.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "The outermost layer of the clock: whatever escapes would end the server.")]
    private async Task TryAsync(string what, Func<CancellationToken, Task> attempt, CancellationToken cancellation)
    {
        try
        {
            await attempt(cancellation);
        }
        catch (NuaException failure)
        {
            log.TriedInVain(what, failure.Problem);
        }
        catch (Exception bug) when (bug is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            log.ClockBug(bug, what);
        }
    }
}
