using Nua.Core.Names;

namespace Nua.Engine.State;

/// <summary>What instances there are, and every deployment that succeeded, never rewritten.</summary>
/// <remarks>
/// What a member has returned from is on disk and survives a power cut.
/// Every implementation, the in-memory one included, passes <c>JournalContract</c>.
/// </remarks>
public interface IJournal
{
    /// <summary>All instances that were not removed, by name.</summary>
    Task<IReadOnlyList<InstanceRecord>> InstancesAsync(CancellationToken cancellation);

    /// <summary>The instance, a removed one too.</summary>
    Task<InstanceRecord?> FindAsync(InstanceName name, CancellationToken cancellation);

    Task<Deployment?> DeploymentAsync(InstanceName name, int number, CancellationToken cancellation);

    /// <summary>The instance's history, newest first.</summary>
    Task<IReadOnlyList<Deployment>> HistoryAsync(InstanceName name, CancellationToken cancellation);

    /// <summary>
    /// Appends the deployment and makes it the instance's current one, started: both or neither. Doing it again changes nothing.
    /// </summary>
    Task CommitAsync(Deployment deployment, CancellationToken cancellation);

    Task SetDesiredAsync(InstanceName name, DesiredState desired, CancellationToken cancellation);
}
