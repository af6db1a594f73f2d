using Nua.Api;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Server.Schedules;

/// <summary>Removes what was left behind: never data, never what is not Nua's.</summary>
internal sealed class Housekeeping(ControlPlane plane)
{
    /// <summary>A build that was interrupted finds its upload again after that time.</summary>
    private static readonly TimeSpan UploadLife = TimeSpan.FromDays(7);

    /// <summary>What is built again after that time is fetched again.</summary>
    private static readonly TimeSpan SourceLife = TimeSpan.FromDays(30);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Puts right what can be, now; answers what was done.</summary>
    public async Task<CleanupView> CleanUpAsync(CancellationToken cancellation)
    {
        var actions = new List<string>();
        foreach (var mended in await plane.Reconciler.PassAsync(cancellation))
        {
            actions.Add($"{mended.Instance} is put right ({mended.Operation}): {mended.Why}.");
        }

        if (plane.Reconciler.Refusal is { } refusal)
        {
            actions.Add($"{refusal.Message} {refusal.Hint}");
        }

        if (PruneUploads() is > 0 and var folders)
        {
            actions.Add($"Removed {folders} sent folders that nobody used.");
        }

        foreach (var leftover in await plane.Seams.ImageStore.RemoveLeftoversAsync(cancellation))
        {
            actions.Add($"Removed {leftover}, which was made to read a file of an image.");
        }

        if (PruneSources() is > 0 and var sources)
        {
            actions.Add($"Removed {sources} fetched sources that nobody used.");
        }

        var kept = await new ImageUse(plane.Seams.Journal).IdsAsync(cancellation);
        foreach (var image in await new UnnamedImages(plane.Seams.ImageStore).RemoveAsync(kept, cancellation))
        {
            actions.Add($"Removed the image {image.Id}, which lost its name to a newer one.");
        }

        return new CleanupView(actions);
    }

    /// <summary>
    /// Waits for what is under way and, when asked, stops every workload without wanting it stopped: the next server's
    /// reconciliation brings all of it back.
    /// </summary>
    public async Task<CleanupView> RestAsync(bool workloads, CancellationToken cancellation)
    {
        await Task.WhenAny(plane.Runner.WhenIdleAsync(), Task.Delay(ServerHost.Patience, cancellation));
        if (!workloads)
        {
            return new CleanupView([]);
        }

        var inventory = await plane.Seams.Runtime.ListAsync(plane.Seams.Names.Server, cancellation);
        var running = inventory.Workloads.Where(workload => workload.Status is not WorkloadStatus.Stopped).ToList();

        // An app before the providers it stands on.
        await StopAsync(running.Where(workload => workload.Owner.Role == WorkloadPlan.AppRole), cancellation);
        await StopAsync(running.Where(workload => workload.Owner.Role != WorkloadPlan.AppRole), cancellation);
        return new CleanupView([.. running.Select(workload => $"Stopped {workload.Id}.")]);
    }

    /// <summary>Forgets old uploads; answers how many.</summary>
    public int PruneUploads() => plane.Uploads.Prune(plane.Seams.Clock.GetUtcNow() - UploadLife);

    /// <summary>Forgets old sources; answers how many.</summary>
    public int PruneSources() => plane.Sources.Prune(plane.Seams.Clock.GetUtcNow() - SourceLife);

    private Task StopAsync(IEnumerable<Workload> workloads, CancellationToken cancellation) =>
        Task.WhenAll(workloads.Select(workload => plane.Seams.Runtime.StopAsync(workload.Id, Grace, cancellation)));
}
