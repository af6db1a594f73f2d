namespace Nua.Core.Packages.Reading;

/// <summary>Where something stands in a file; both count from 1.</summary>
internal sealed record Place(int Line, int Column)
{
    public static readonly Place Start = new(1, 1);
}

/// <summary>A value in a file, whatever the file's format, with its place.</summary>
internal abstract class Node(Place at)
{
    /// <summary>No file nests deeper on purpose; a reader that recurses is safe up to here.</summary>
    public const int MostLevels = 48;

    public Place At { get; } = at;

    /// <summary>What a finding calls it.</summary>
    public abstract string Kind { get; }

    /// <summary>The same again, to be changed without the first: only tables and lists can change.</summary>
    public virtual Node Copy() => this;
}

internal sealed class TextNode(string value, Place at) : Node(at)
{
    public string Value { get; } = value;

    public override string Kind => "a text";
}

/// <summary>A number, and the way it was written: <c>1.10</c> is 1.1, which as a version is another one.</summary>
internal sealed class NumberNode(string written, double value, long? integer, Place at) : Node(at)
{
    public string Written { get; } = written;

    public double Value { get; } = value;

    /// <summary><see langword="null"/> when it was written with a fraction or an exponent, or is too large.</summary>
    public long? Integer { get; } = integer;

    public override string Kind => "a number";
}

internal sealed class BooleanNode(bool value, Place at) : Node(at)
{
    public bool Value { get; } = value;

    public override string Kind => "true or false";
}

internal sealed class DateNode(Place at) : Node(at)
{
    public override string Kind => "a date";
}

internal sealed class NullNode(Place at) : Node(at)
{
    public override string Kind => "nothing";
}

/// <summary>A list. Like a table it grows only while a tree is made.</summary>
internal sealed class ListNode(IEnumerable<Node> items, Place at) : Node(at)
{
    private readonly List<Node> _items = [.. items];

    public IReadOnlyList<Node> Items => _items;

    public void Append(Node item) => _items.Add(item);

    public override string Kind => "a list";

    public override Node Copy() => new ListNode(_items.Select(item => item.Copy()), At);
}

/// <summary>A table, in the order of the file. It is changed while a tree is made and its old spellings are replaced; never later.</summary>
internal sealed class TableNode(Place at) : Node(at)
{
    private readonly OrderedDictionary<string, Entry> _entries = [];

    public IEnumerable<Entry> Entries => _entries.Values;

    public int Count => _entries.Count;

    public override string Kind => "a table";

    public override Node Copy()
    {
        var copy = new TableNode(At);
        foreach (var entry in Entries)
        {
            copy.TryAdd(entry with { Value = entry.Value.Copy() });
        }

        return copy;
    }

    /// <returns><see langword="false"/>: the key is there already and stays as it is.</returns>
    public bool TryAdd(Entry entry) => _entries.TryAdd(entry.Key, entry);

    public void Set(Entry entry) => _entries[entry.Key] = entry;

    public Entry? Find(string key) => _entries.GetValueOrDefault(key);

    /// <summary>Finds a key however it is spelled: <c>src_url</c> is <c>src-url</c>. The dashed spelling wins.</summary>
    public Entry? FindFolded(string key) =>
        Find(key) ?? _entries.Values.FirstOrDefault(entry => Spelling.Fold(entry.Key) == key);

    public void Remove(Entry entry) => _entries.Remove(entry.Key);
}

/// <summary>A key and its value. <see cref="At"/> is the place of the key.</summary>
internal sealed record Entry(string Key, Place At, Node Value);
