using System.Text;
using System.Text.Json;

namespace Nua.Core.Packages.Reading;

/// <summary>Makes the tree from JSON. Comments and trailing commas are let pass: people write them.</summary>
internal static class JsonTree
{
    private static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = Node.MostLevels,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static Node? Parse(SourceText source)
    {
        var bytes = Encoding.UTF8.GetBytes(source.Text.TrimStart('\uFEFF'));
        if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
        {
            return new NullNode(Place.Start);
        }

        try
        {
            return new Builder(source, bytes).Build();
        }
        catch (JsonException refusal)
        {
            var at = new LineIndex(bytes).PlaceInLine((int)(refusal.LineNumber ?? 0), (int)(refusal.BytePositionInLine ?? 0));
            source.Error(FormatProblems.Unreadable("JSON", Sentence(refusal.Message)), at);
            return null;
        }
    }

    /// <summary>The reader's message without the place it repeats.</summary>
    private static string Sentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private sealed class Builder(SourceText source, byte[] bytes)
    {
        private readonly LineIndex _lines = new(bytes);

        public Node Build()
        {
            var reader = new Utf8JsonReader(bytes, Options);
            reader.Read();
            var root = Value(ref reader);
            while (reader.Read())
            {
                // Anything after the root throws: this reads to the end so that it is noticed.
            }

            return root;
        }

        private Node Value(ref Utf8JsonReader reader)
        {
            var at = _lines.PlaceOf(reader.TokenStartIndex);
            return reader.TokenType switch
            {
                JsonTokenType.StartObject => Table(ref reader, at),
                JsonTokenType.StartArray => List(ref reader, at),
                JsonTokenType.String => new TextNode(Text(ref reader, at), at),
                JsonTokenType.Number => Number(ref reader, at),
                JsonTokenType.True => new BooleanNode(true, at),
                JsonTokenType.False => new BooleanNode(false, at),
                _ => new NullNode(at),
            };
        }

        private TableNode Table(ref Utf8JsonReader reader, Place at)
        {
            var table = new TableNode(at);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var keyAt = _lines.PlaceOf(reader.TokenStartIndex);
                var key = Text(ref reader, keyAt);
                reader.Read();
                if (!table.TryAdd(new Entry(key, keyAt, Value(ref reader))))
                {
                    source.Error(FormatProblems.GivenTwice(key), keyAt);
                }
            }

            return table;
        }

        private ListNode List(ref Utf8JsonReader reader, Place at)
        {
            List<Node> items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(Value(ref reader));
            }

            return new ListNode(items, at);
        }

        private string Text(ref Utf8JsonReader reader, Place at)
        {
            try
            {
                return reader.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                // An escape that is half a character, such as "\ud800".
                source.Error(FormatProblems.Unreadable("JSON", "A text holds half of a surrogate pair."), at);
                return "";
            }
        }

        private static NumberNode Number(ref Utf8JsonReader reader, Place at)
        {
            var written = Encoding.UTF8.GetString(reader.ValueSpan);
            long? integer = reader.TryGetInt64(out var whole) ? whole : null;
            return new NumberNode(written, reader.GetDouble(), integer, at);
        }
    }
}
