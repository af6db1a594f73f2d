using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nua.Core.Packages.Reading;

/// <summary>
/// Makes the tree from YAML: one document, anchors and merge keys included, plain words read by the core schema of
/// YAML 1.2, in which <c>yes</c> and <c>no</c> are texts.
/// </summary>
internal static class YamlTree
{
    public static Node? Parse(SourceText source)
    {
        var events = new Parser(new StringReader(source.Text));
        try
        {
            return new Builder(source, events).Build();
        }
        catch (YamlException refusal)
        {
            var isOfATab = refusal.Message.Contains(" tab ", StringComparison.Ordinal);
            var at = isOfATab ? PlaceOfTab(source.Text, events.Current) : null;
            source.Error(FormatProblems.Unreadable("YAML", refusal.Message), at ?? PlaceOf(refusal.Start));
        }
        catch (Exception bug) when (bug is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // The scanner gives up like this on some broken plain words in lists, and on an escape that is half a character.
            source.Error(FormatProblems.Unreadable("YAML", "Something after this place cannot be read."), PlaceOf(events.Current?.End ?? Mark.Empty));
        }

        return null;
    }

    /// <summary>The scanner names the place where the table around a tab begins; this finds the tab, in the first line after what was read.</summary>
    private static Place? PlaceOfTab(string text, ParsingEvent? read)
    {
        foreach (var (index, line) in text.Split('\n').Index().Skip((int)(read?.End.Line ?? 1) - 1))
        {
            if (line.AsSpan().IndexOfAnyExcept(' ') is >= 0 and var column && line[column] == '\t')
            {
                return new Place(index + 1, column + 1);
            }
        }

        return null;
    }

    private static Place PlaceOf(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    private sealed class Builder(SourceText source, Parser events)
    {
        /// <summary>A tree grows larger than its text only by aliases; this is where that stops.</summary>
        private const int MostNodes = 50_000;

        private const string MergeKey = "<<";

        private readonly Dictionary<AnchorName, (Node Node, int Size)> _anchors = [];
        private int _nodes;

        public Node Build()
        {
            events.Consume<StreamStart>();
            if (events.Accept<StreamEnd>(out _))
            {
                return new NullNode(Place.Start);
            }

            events.Consume<DocumentStart>();
            var root = Value(level: 1);
            events.Consume<DocumentEnd>();
            if (events.Accept<DocumentStart>(out var second))
            {
                source.Error(FormatProblems.Unreadable("YAML", "There is a second document."), PlaceOf(second.Start));
            }

            return root;
        }

        private Node Value(int level)
        {
            if (events.TryConsume<AnchorAlias>(out var alias))
            {
                return Resolve(alias);
            }

            var start = events.Current as NodeEvent ?? throw new YamlException(Mark.Empty, Mark.Empty, "A value is missing.");
            if (start is not Scalar && level > Node.MostLevels)
            {
                throw new YamlException(start.Start, start.End, "It is nested too deeply.");
            }

            var before = _nodes;
            Count(1, start);
            var node = ValueOf(start, level);
            if (!start.Anchor.IsEmpty)
            {
                _anchors[start.Anchor] = (node, _nodes - before);
            }

            return node;
        }

        private Node ValueOf(NodeEvent start, int level)
        {
            events.MoveNext();
            switch (start)
            {
                case Scalar scalar:
                    return YamlScalar.Resolve(scalar, PlaceOf(scalar.Start));
                case SequenceStart:
                    return List(PlaceOf(start.Start), level);
                default:
                    return Table(PlaceOf(start.Start), level);
            }
        }

        private ListNode List(Place at, int level)
        {
            List<Node> items = [];
            while (!events.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Value(level + 1));
            }

            return new ListNode(items, at);
        }

        private TableNode Table(Place at, int level)
        {
            var table = new TableNode(at);
            List<Node> merged = [];
            while (!events.TryConsume<MappingEnd>(out _))
            {
                var key = events.Consume<Scalar>();
                var value = Value(level + 1);
                if (key is { Value: MergeKey, Style: ScalarStyle.Plain })
                {
                    merged.Add(value);
                }
                else if (!table.TryAdd(new Entry(key.Value, PlaceOf(key.Start), value)))
                {
                    source.Error(FormatProblems.GivenTwice(key.Value), PlaceOf(key.Start));
                }
            }

            merged.ForEach(value => Merge(table, value));
            return table;
        }

        /// <summary>What a merge key brings in never replaces what the table says itself.</summary>
        private static void Merge(TableNode table, Node value)
        {
            var tables = value is ListNode list ? list.Items.OfType<TableNode>() : [.. new[] { value }.OfType<TableNode>()];
            foreach (var entry in tables.SelectMany(other => other.Entries))
            {
                table.TryAdd(entry);
            }
        }

        private Node Resolve(AnchorAlias alias)
        {
            if (!_anchors.TryGetValue(alias.Value, out var anchor))
            {
                throw new YamlException(alias.Start, alias.End, $"Nothing before it is called '&{alias.Value}'.");
            }

            // Old spellings are replaced in the tree: what is changed at one place must stay as it is at the others.
            Count(anchor.Size, alias);
            return anchor.Node.Copy();
        }

        private void Count(int nodes, ParsingEvent at)
        {
            _nodes += nodes;
            if (_nodes > MostNodes)
            {
                throw new YamlException(at.Start, at.End, $"It holds more than {MostNodes} values, aliases counted.");
            }
        }
    }
}
