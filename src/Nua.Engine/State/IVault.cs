using Nua.Core;
using Nua.Core.Names;

namespace Nua.Engine.State;

/// <summary>Values that are made once and kept: passwords, and names that are unique on the server. Encrypted at rest.</summary>
/// <remarks>Every implementation, the in-memory one included, passes <c>VaultContract</c>.</remarks>
public interface IVault
{
    /// <summary>The kept value; made with <paramref name="make"/> and kept when there was none.</summary>
    Task<Secret> EnsureAsync(
        InstanceName instance, KeptReference kept, string operation, Func<long, Secret> make, CancellationToken cancellation);

    /// <summary>All kept values of an instance.</summary>
    Task<IReadOnlyDictionary<KeptKey, Secret>> ReadAsync(InstanceName instance, CancellationToken cancellation);

    /// <summary>What is kept, of all instances; the values themselves stay closed.</summary>
    Task<IReadOnlyList<KeptEntry>> ListAsync(CancellationToken cancellation);

    /// <summary>Forgets one value.</summary>
    Task ForgetAsync(InstanceName instance, KeptKey key, CancellationToken cancellation);

    /// <summary>Forgets what an operation made, as if it had never run.</summary>
    Task ForgetMadeByAsync(string operation, CancellationToken cancellation);

    /// <summary>Forgets all of an instance.</summary>
    Task ForgetAsync(InstanceName instance, CancellationToken cancellation);
}

/// <summary>Names a kept value within its instance.</summary>
public sealed record KeptKey(string Owner, string Name);

/// <summary>Something that is kept, but for the value itself.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Key">Which.</param>
/// <param name="MadeAt">When it was made or given; <see langword="null"/>: before that was written down.</param>
public sealed record KeptEntry(InstanceName Instance, KeptKey Key, DateTimeOffset? MadeAt);
