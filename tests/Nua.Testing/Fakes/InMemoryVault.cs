using Nua.Core;
using Nua.Core.Names;
using Nua.Engine.State;

namespace Nua.Testing.Fakes;

/// <summary>A vault that lives as long as the test.</summary>
public sealed class InMemoryVault : IVault
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(InstanceName Instance, KeptKey Key), (Secret Value, string Operation, DateTimeOffset At)> _kept = [];
    private long _number;

    /// <summary>How old what is made from now on is said to be.</summary>
    public TimeSpan Age { get; set; }

    public Task<Secret> EnsureAsync(
        InstanceName instance, KeptReference kept, string operation, Func<long, Secret> make, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var place = (instance, new KeptKey(kept.Owner, kept.Name));
            if (!_kept.TryGetValue(place, out var known))
            {
                known = _kept[place] = (make(++_number), operation, TimeProvider.System.GetUtcNow() - Age);
            }

            return Task.FromResult(known.Value);
        }
    }

    public Task<IReadOnlyDictionary<KeptKey, Secret>> ReadAsync(InstanceName instance, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<KeptKey, Secret>>(
                _kept.Where(kept => kept.Key.Instance == instance).ToDictionary(kept => kept.Key.Key, kept => kept.Value.Value));
        }
    }

    public Task<IReadOnlyList<KeptEntry>> ListAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<KeptEntry>>(
                [.. _kept.Select(kept => new KeptEntry(kept.Key.Instance, kept.Key.Key, kept.Value.At))]);
        }
    }

    public Task ForgetAsync(InstanceName instance, KeptKey key, CancellationToken cancellation) => RemoveAsync(kept => kept.Key == (instance, key));

    public Task ForgetMadeByAsync(string operation, CancellationToken cancellation) => RemoveAsync(kept => kept.Value.Operation == operation);

    public Task ForgetAsync(InstanceName instance, CancellationToken cancellation) => RemoveAsync(kept => kept.Key.Instance == instance);

    private Task RemoveAsync(Func<KeyValuePair<(InstanceName Instance, KeptKey Key), (Secret Value, string Operation, DateTimeOffset At)>, bool> which)
    {
        lock (_lock)
        {
            foreach (var kept in _kept.Where(which).ToList())
            {
                _kept.Remove(kept.Key);
            }
        }

        return Task.CompletedTask;
    }
}
