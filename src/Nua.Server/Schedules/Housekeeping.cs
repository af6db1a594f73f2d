using System.Globalization;
using Nua.Api;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
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

    private const string DownloadsKept = "Downloads of builds, {0}: 'nua server cleanup --build-cache' removes them.";

    /// <summary>The engine does not tell whose they are; most belong to images that are there.</summary>
    private const string LayersKept = "Steps of builds, Nua's and others', {0}: 'docker builder prune' removes those that no image has.";

    private IReadOnlyList<string> _leftBehind = plane.LeftBehind;

    /// <summary>Puts right what can be, now; answers what was done.</summary>
    /// <param name="downloads">Whether downloads that builds keep go, too; the next builds fetch them again.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<CleanupView> CleanUpAsync(bool downloads, CancellationToken cancellation)
    {
        var actions = new List<string>(TakeLeftBehind());
        foreach (var mended in await plane.Reconciler.PassAsync(cancellation))
        {
            actions.Add($"{mended.Instance} is put right ({mended.Operation}): {mended.Why}.");
        }

        if (plane.Reconciler.Refusal is { } refusal)
        {
            actions.Add($"{refusal.Message} {refusal.Hint}");
        }

        actions.AddRange(await RemoveUnusedAsync(cancellation));
        var parts = await plane.BuildCache.ListAsync(cancellation);
        var (own, others) = (parts.Where(part => part.IsDownloads).ToList(), parts.Where(part => !part.IsDownloads).ToList());
        if (downloads)
        {
            actions.AddRange(await RemoveAsync(own, cancellation));
        }

        return new CleanupView(actions, [.. downloads ? [] : Say(DownloadsKept, own), .. Say(LayersKept, others)]);
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

        var inventory = await plane.Seams.Runtime.ListAsync(cancellation);
        var running = inventory.Workloads.Where(workload => workload.Status is not WorkloadStatus.Stopped).ToList();

        // An app before the providers it stands on.
        await StopAsync(running.Where(workload => workload.Owner.Role == WorkloadPlan.AppRole), cancellation);
        await StopAsync(running.Where(workload => workload.Owner.Role != WorkloadPlan.AppRole), cancellation);
        return new CleanupView([.. running.Select(workload => $"Stopped {workload.Id}.")]);
    }

    private async Task<IReadOnlyList<string>> RemoveUnusedAsync(CancellationToken cancellation)
    {
        var actions = new List<string>();
        // Whoever sent a folder to an earlier server has been told that it is gone.
        if (PruneUploads(plane.StartedAt) is > 0 and var folders)
        {
            actions.Add($"Removed {folders} sent folders that nobody used.");
        }

        foreach (var leftover in await plane.Seams.ImageStore.RemoveLeftoversAsync(cancellation))
        {
            actions.Add($"Removed {leftover}, which was made to read a file of an image.");
        }

        foreach (var left in await new OneOffLeftovers(plane.Seams, plane.Log).RemoveAsync(cancellation))
        {
            actions.Add($"Removed {left}, the container of a command that had ended.");
        }

        if (PruneSources() is > 0 and var sources)
        {
            actions.Add($"Removed {sources} fetched sources that nobody used.");
        }

        var values = await new KeptValueUse(plane.Seams, plane.Log).ForgetUnusedAsync(cancellation);
        actions.AddRange(values.GroupBy(value => value.Instance).Select(
            unused => $"Forgot kept values of {unused.Key} that nothing uses any more: {unused.Count()}."));

        var kept = await new ImageUse(plane.Seams.Journal).IdsAsync(cancellation);
        foreach (var image in await new UnnamedImages(plane.Seams.ImageStore).RemoveAsync(kept, cancellation))
        {
            actions.Add($"Removed the image {image.Id}, which lost its name to a newer one.");
        }

        return actions;
    }

    /// <summary>Forgets old uploads; answers how many.</summary>
    public int PruneUploads() => PruneUploads(DateTimeOffset.MinValue);

    private int PruneUploads(DateTimeOffset unusedSince)
    {
        var old = plane.Seams.Clock.GetUtcNow() - UploadLife;
        return plane.Uploads.Prune(old > unusedSince ? old : unusedSince);
    }

    /// <summary>What was removed when the server started is told once.</summary>
    private IReadOnlyList<string> TakeLeftBehind() => Interlocked.Exchange(ref _leftBehind, []);

    private async Task<IEnumerable<string>> RemoveAsync(IReadOnlyList<CachedPart> parts, CancellationToken cancellation)
    {
        foreach (var part in parts)
        {
            await plane.BuildCache.RemoveAsync(part, cancellation);
        }

        var left = (await plane.BuildCache.ListAsync(cancellation)).Select(part => part.Id).ToHashSet(StringComparer.Ordinal);
        return parts.Where(part => !left.Contains(part.Id)).Select(part =>
            $"Removed {part.Id} of what builds keep: downloads, {Size(part.SizeBytes)}.");
    }

    private static IEnumerable<string> Say(string what, List<CachedPart> parts) => parts.Count == 0 ? [] :
    [
        string.Format(CultureInfo.InvariantCulture, what, Size(parts.Sum(part => part.SizeBytes))),
    ];

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    /// <summary>Forgets old sources; answers how many.</summary>
    public int PruneSources() => plane.Sources.Prune(plane.Seams.Clock.GetUtcNow() - SourceLife);

    /// <summary>Forgets, quietly, what has been of no use for long: uploads, sources, kept values.</summary>
    public Task PruneAsync(CancellationToken cancellation)
    {
        PruneUploads();
        PruneSources();
        return new KeptValueUse(plane.Seams, plane.Log).ForgetUnusedAsync(cancellation);
    }

    private Task StopAsync(IEnumerable<Workload> workloads, CancellationToken cancellation) =>
        Task.WhenAll(workloads.Select(workload => plane.Seams.Runtime.StopAsync(workload.Id, Grace, cancellation)));
}
