using Nua.Core.Names;
using Nua.Core.Problems;

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

    /// <summary>All instances whose data may be there, by name: those that were not erased.</summary>
    Task<IReadOnlyList<InstanceRecord>> WithDataAsync(CancellationToken cancellation);

    /// <summary>The instance, a removed one too.</summary>
    Task<InstanceRecord?> FindAsync(InstanceName name, CancellationToken cancellation);

    /// <summary>The deployment of that number.</summary>
    Task<Deployment?> DeploymentAsync(InstanceName name, int number, CancellationToken cancellation);

    /// <summary>The instance's history, newest first.</summary>
    Task<IReadOnlyList<Deployment>> HistoryAsync(InstanceName name, CancellationToken cancellation);

    /// <summary>
    /// Appends the deployment and makes it the instance's current one, started: both or neither. Doing it again changes nothing.
    /// No two instances that were not removed have one domain, nor one a whole host and another a path of it.
    /// </summary>
    /// <exception cref="NuaException"><c>deploy.domain-taken</c>, <c>deploy.host-shared</c></exception>
    Task CommitAsync(Deployment deployment, CancellationToken cancellation);

    /// <summary>Says what is wanted of an instance from now on; of one that never was, nothing.</summary>
    Task SetDesiredAsync(InstanceName name, DesiredState desired, CancellationToken cancellation);
}
