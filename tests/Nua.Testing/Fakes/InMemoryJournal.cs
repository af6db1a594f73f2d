using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.State;

namespace Nua.Testing.Fakes;

/// <summary>A journal that lives as long as the test.</summary>
public sealed class InMemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<InstanceName, InstanceRecord> _instances = [];
    private readonly List<Deployment> _deployments = [];

    /// <summary>The next deployment cannot be recorded.</summary>
    public bool FailNextCommit { get; set; }

    public Task<IReadOnlyList<InstanceRecord>> InstancesAsync(CancellationToken cancellation) => Locked<IReadOnlyList<InstanceRecord>>(() =>
        [.. _instances.Values
            .Where(IsThere)
            .OrderBy(instance => instance.Name.ToString(), StringComparer.Ordinal)]);

    public Task<IReadOnlyList<InstanceRecord>> WithDataAsync(CancellationToken cancellation) => Locked<IReadOnlyList<InstanceRecord>>(() =>
        [.. _instances.Values
            .Where(instance => instance.Desired is not DesiredState.Erased)
            .OrderBy(instance => instance.Name.ToString(), StringComparer.Ordinal)]);

    public Task<InstanceRecord?> FindAsync(InstanceName name, CancellationToken cancellation) =>
        Locked(() => _instances.GetValueOrDefault(name));

    public Task<Deployment?> DeploymentAsync(InstanceName name, int number, CancellationToken cancellation) =>
        Locked(() => _deployments.FirstOrDefault(deployment => deployment.Instance == name && deployment.Number == number));

    public Task<IReadOnlyList<Deployment>> HistoryAsync(InstanceName name, CancellationToken cancellation) => Locked<IReadOnlyList<Deployment>>(() =>
        [.. _deployments.Where(deployment => deployment.Instance == name).OrderByDescending(deployment => deployment.Number)]);

    public Task CommitAsync(Deployment deployment, CancellationToken cancellation) => Locked(() =>
    {
        if (FailNextCommit)
        {
            FailNextCommit = false;
            throw new NuaException(new Problem(ProblemKind.Unavailable, "state.disk-full", "Full.", "Free some."));
        }

        var others = _instances.Values.Where(IsThere).Select(other => (other.Name, other.Domain));
        if (AddressHolder.Of(deployment.Domain, deployment.Instance, others) is { } holder)
        {
            throw new NuaException(
                DeployProblems.DomainTaken(deployment.Instance, deployment.Domain, holder.Name.ToString(), holder.Domain));
        }

        if (!_deployments.Any(known => known.Instance == deployment.Instance && known.Number == deployment.Number))
        {
            _deployments.Add(deployment);
        }

        var created = _instances.GetValueOrDefault(deployment.Instance)?.CreatedAt ?? deployment.At;
        _instances[deployment.Instance] = new InstanceRecord(
            deployment.Instance, deployment.AppId, DesiredState.Started, deployment.Number, deployment.Domain, created);
        return true;
    });

    public Task SetDesiredAsync(InstanceName name, DesiredState desired, CancellationToken cancellation) => Locked(() =>
    {
        if (_instances.TryGetValue(name, out var instance))
        {
            _instances[name] = instance with { Desired = desired };
        }

        return true;
    });

    private static bool IsThere(InstanceRecord instance) => instance.IsThere;

    private Task<T> Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return Task.FromResult(work());
        }
    }
}
