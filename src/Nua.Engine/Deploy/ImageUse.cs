using Nua.Core.Names;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Which deployments run an image, or may be gone back to and run it again.</summary>
public sealed class ImageUse(IJournal journal)
{
    /// <summary>Of each instance's deployments: the current one, and two to go back to.</summary>
    internal const int KeptDeployments = 3;

    /// <summary>All uses of all images, by instance, its newest deployment first.</summary>
    public async Task<IReadOnlyList<ImageUser>> AllAsync(CancellationToken cancellation)
    {
        var users = new List<ImageUser>();
        foreach (var instance in await journal.InstancesAsync(cancellation))
        {
            var history = await journal.HistoryAsync(instance.Name, cancellation);
            var kept = history.SkipWhile(deployment => deployment.Number > instance.Deployment).Take(KeptDeployments);
            users.AddRange(
                from deployment in kept
                from id in deployment.Workloads.Select(workload => workload.ImageId).Distinct()
                select new ImageUser(id, instance.Name, deployment.Number, deployment.Number == instance.Deployment));
        }

        return users;
    }

    /// <summary>The ids of all images in use.</summary>
    public async Task<IReadOnlySet<string>> IdsAsync(CancellationToken cancellation) =>
        (await AllAsync(cancellation)).Select(user => user.ImageId).ToHashSet(StringComparer.Ordinal);
}

/// <summary>A deployment that runs an image.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Instance">Whose deployment.</param>
/// <param name="Deployment">Its number.</param>
/// <param name="IsCurrent">Whether it is the one that serves.</param>
public sealed record ImageUser(string ImageId, InstanceName Instance, int Deployment, bool IsCurrent);
