namespace Nua.Core.Packages.Reading;

/// <summary>What may stand at a key, as far as the reader asked: from this the JSON Schema is written.</summary>
internal abstract record Shape
{
    private Shape() { }

    /// <summary>A text; a number or a boolean becomes one.</summary>
    public sealed record Text : Shape;

    public sealed record Integer(int Least, int Most) : Shape;

    public sealed record Flag : Shape;

    /// <summary>A number of seconds, or a text such as <c>6h</c>.</summary>
    public sealed record Duration : Shape;

    /// <summary>A text, or a list of texts.</summary>
    public sealed record OneOrMore : Shape;

    public sealed record Choice(IReadOnlyList<string> Words) : Shape;

    public sealed record ListOf(Shape Item) : Shape;

    /// <summary>A table whose keys are the packager's own.</summary>
    public sealed record MapOf(Shape Value) : Shape;

    public sealed record Table(TableShape Keys) : Shape;

    public sealed record Either(Shape One, Shape Other) : Shape;

    public sealed record Anything : Shape;

    /// <summary>Learns the shape of a table by letting its reader ask.</summary>
    public static Table Of(Func<Section, object?> read)
    {
        var section = Section.Asking();
        read(section);
        return new Table(section.Asked);
    }
}

/// <summary>The keys of one table, in the order in which its reader asks for them.</summary>
internal sealed class TableShape
{
    private readonly OrderedDictionary<string, KeyShape> _keys = [];

    public IReadOnlyDictionary<string, KeyShape> Keys => _keys;

    public void Ask(string key, Shape shape, bool required) => _keys.TryAdd(key, new KeyShape(shape, required));
}

internal sealed record KeyShape(Shape Shape, bool Required);
