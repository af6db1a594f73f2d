using System.Globalization;
using System.Text.Json;
using Nua.Core.Quantities;

namespace Nua.Core.Packages.Reading;

/// <summary>
/// One value, what it is called in the file, and what it can be taken for. Taking it for what it is not is a finding,
/// and the answer is then <see langword="null"/>.
/// </summary>
internal sealed class Value(SourceText source, string path, Node node)
{
    public SourceText Source { get; } = source;

    public string Path { get; } = path;

    public Place At => Node.At;

    public Node Node { get; } = node;

    public string? AsText()
    {
        switch (Node)
        {
            case TextNode text when !text.Value.Contains('\0'):
                return text.Value;
            case TextNode:
                Source.Error(PackageProblems.HoldsNul(Path), At);
                return null;
            case BooleanNode boolean:
                return boolean.Value ? "true" : "false";
            case NumberNode number:
                return NumberAsText(number);
            default:
                return Refuse<string>("a text");
        }
    }

    public IReadOnlyList<string> AsOneOrMore()
    {
        if (Node is ListNode)
        {
            return AsTexts();
        }

        return AsText() is { Length: > 0 } text ? new OneText(text) : NoTexts.Written;
    }

    public IReadOnlyList<string> AsTexts()
    {
        string[] texts = [.. AsItems().Select(item => item.AsText()).OfType<string>()];
        return texts.Length == 0 ? NoTexts.Written : texts;
    }

    /// <summary>The values of a list; none, and a finding, when it is something else.</summary>
    public IReadOnlyList<Value> AsItems()
    {
        if (Node is ListNode list)
        {
            return [.. list.Items.Select((item, index) => new Value(Source, $"{Path}[{index}]", item))];
        }

        Refuse<object>("a list");
        return [];
    }

    public int? AsInteger(int least, int most)
    {
        var number = Node switch
        {
            NumberNode { Integer: { } whole } => whole,
            NumberNode fraction => Cut(fraction.Value),
            BooleanNode boolean => Cut(boolean.Value ? 1 : 0),
            TextNode text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ => NotANumber(),
        };
        if (number is null || (number >= least && number <= most))
        {
            return (int?)number;
        }

        Source.Error(PackageProblems.OutOfRange(Path, number.Value, least, most), At);
        return null;
    }

    public bool? AsFlag()
    {
        switch (Node)
        {
            case BooleanNode boolean:
                return boolean.Value;
            case NumberNode { Integer: 0 or 1 } number:
                return number.Integer == 1;
            case TextNode text when text.Value.Trim().ToLowerInvariant() is "true" or "yes" or "on" or "1":
                return true;
            case TextNode text when text.Value.Trim().ToLowerInvariant() is "false" or "no" or "off" or "0":
                return false;
            default:
                Refuse<object>("true or false");
                return null;
        }
    }

    /// <param name="least">The shortest that makes sense here.</param>
    public TimeSpan? AsDuration(TimeSpan least)
    {
        if (Node is not (TextNode or NumberNode))
        {
            Refuse<object>("a length of time");
            return null;
        }

        // However a number is written (1_000, 1e3, 0x10), it counts seconds.
        var text = Node is NumberNode number ? number.Value.ToString("0.######", CultureInfo.InvariantCulture) : ((TextNode)Node).Value;
        if (Duration.TryParse(text, out var duration) && duration >= least)
        {
            return duration;
        }

        Source.Error(PackageProblems.BadDuration(Path, (Node as NumberNode)?.Written ?? text, least), At);
        return null;
    }

    /// <param name="words">What may be written, and what it means.</param>
    public T? AsChoice<T>(IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (AsText() is not { } text)
        {
            return null;
        }

        var word = Spelling.Fold(text.Trim());
        if (words.TryGetValue(word, out var meaning))
        {
            return meaning;
        }

        Source.Error(PackageProblems.NotOneOf(Path, text, words.Keys, Spelling.Nearest(word, words.Keys)), At);
        return null;
    }

    public Section? AsSection() =>
        Node is TableNode table ? new Section(Source, Path, table) : Refuse<Section>("a table");

    /// <summary>The entries of a table with free keys, exactly as written; none, and a finding, when it is something else.</summary>
    public IEnumerable<(Entry Entry, Value Value)> AsEntries()
    {
        if (Node is TableNode table)
        {
            return table.Entries.Select(entry => (entry, new Value(Source, $"{Path}.{entry.Key}", entry.Value)));
        }

        Refuse<object>("a table");
        return [];
    }

    /// <summary>The value as it is, of any kind, for those whose words are not ours.</summary>
    public JsonElement AsJson()
    {
        RefuseDates(Path, Node);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            NodeJson.Write(writer, Node);
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }

    /// <summary>Lists and tables as compact JSON, everything else as text.</summary>
    public string? AsTextOrJson()
    {
        if (Node is not (ListNode or TableNode))
        {
            return AsText();
        }

        RefuseDates(Path, Node);
        return NodeJson.Text(Node);
    }

    /// <summary>JSON has no dates, so what was written can only be kept as a text.</summary>
    private void RefuseDates(string path, Node node)
    {
        switch (node)
        {
            case DateNode:
                Source.Error(PackageProblems.WrongKind(path, node.Kind, "a text"), node.At);
                break;
            case ListNode list:
                list.Items.Index().ToList().ForEach(item => RefuseDates($"{path}[{item.Index}]", item.Item));
                break;
            case TableNode table:
                table.Entries.ToList().ForEach(entry => RefuseDates($"{path}.{entry.Key}", entry.Value));
                break;
        }
    }

    private string NumberAsText(NumberNode number)
    {
        var text = NodeJson.NumberText(number);
        var written = number.Written.Replace("_", "", StringComparison.Ordinal).TrimStart('+');
        if (written != text && !written.StartsWith("0x", StringComparison.Ordinal) && !written.StartsWith("0o", StringComparison.Ordinal))
        {
            Source.Warn(PackageProblems.NumberLosesDigits(Path, number.Written, text), At);
        }

        return text;
    }

    private long? Cut(double value)
    {
        if (!(Math.Abs(value) <= int.MaxValue))
        {
            return NotANumber();
        }

        Source.Warn(PackageProblems.ReadAsWhole(Path, Node.Kind, (long)value), At);
        return (long)value;
    }

    private long? NotANumber()
    {
        Refuse<object>("a whole number");
        return null;
    }

    private T? Refuse<T>(string wanted) where T : class
    {
        Source.Error(PackageProblems.WrongKind(Path, Node.Kind, wanted), At);
        return null;
    }
}
