using Nua.Api;

namespace Nua.Server.Schedules;

/// <summary>Removes what was left behind: never data, never what is not Nua's.</summary>
internal sealed class Housekeeping(ControlPlane plane)
{
    /// <summary>A build that was interrupted finds its upload again after that time.</summary>
    private static readonly TimeSpan UploadLife = TimeSpan.FromDays(7);

    public async Task<CleanupView> CleanUpAsync(CancellationToken cancellation)
    {
        var actions = new List<string>();
        foreach (var mended in await plane.Reconciler.PassAsync(cancellation))
        {
            actions.Add($"{mended.Instance} is put right ({mended.Operation}): {mended.Why}.");
        }

        if (PruneUploads() is > 0 and var folders)
        {
            actions.Add($"Removed {folders} sent folders that nobody used.");
        }

        return new CleanupView(actions);
    }

    public int PruneUploads() => plane.Uploads.Prune(plane.Seams.Clock.GetUtcNow() - UploadLife);
}
