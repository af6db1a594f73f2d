using System.Diagnostics.CodeAnalysis;

namespace Nua.Engine.Access;

/// <summary>Remembers something of those who came lately, and never of more than a number of them: a flood drives out the oldest.</summary>
/// <param name="most">How many it remembers.</param>
/// <remarks>Not safe for use by several at once.</remarks>
internal sealed class RecentTable<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _known = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _byAge = [];

    /// <summary>How many it remembers now.</summary>
    public int Count => _known.Count;

    /// <summary>What is remembered of one.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var known = _known.TryGetValue(key, out var node);
        value = known ? node!.Value.Value : default;
        return known;
    }

    /// <summary>Remembers it as the latest.</summary>
    public void Set(TKey key, TValue value)
    {
        if (_known.Remove(key, out var node))
        {
            _byAge.Remove(node);
        }
        else if (_known.Count == most)
        {
            _known.Remove(_byAge.First!.Value.Key);
            _byAge.RemoveFirst();
        }

        _known[key] = _byAge.AddLast((key, value));
    }
}
