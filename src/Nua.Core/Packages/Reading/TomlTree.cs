using System.Text.RegularExpressions;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Nua.Core.Packages.Reading;

/// <summary>Makes the tree from TOML. The parser's syntax tree keeps every place and recovers from errors, so it finds several.</summary>
internal static partial class TomlTree
{
    private static readonly TomlSerializerOptions Options = new() { MaxDepth = Node.MostLevels };

    public static Node? Parse(SourceText source)
    {
        try
        {
            var document = SyntaxParser.Parse(source.Text, Options, source.File, validate: true);
            foreach (var complaint in document.Diagnostics)
            {
                source.Error(FormatProblems.Unreadable("TOML", complaint.Message), PlaceOf(complaint.Span));
            }

            return document.HasErrors ? null : new Builder(source).Build(document);
        }
        catch (TomlException refusal)
        {
            source.Error(FormatProblems.Unreadable("TOML", refusal.Message), new Place(refusal.Line ?? 1, refusal.Column ?? 1));
        }
        catch (ArgumentOutOfRangeException)
        {
            // The parser gives up like this on an escape that is half a character, such as "\ud800".
            source.Error(FormatProblems.Unreadable("TOML", "A text holds half of a surrogate pair."), PlaceOfHalf(source.Text));
        }

        return null;
    }

    private static Place PlaceOfHalf(string text)
    {
        var before = text.AsSpan(0, HalfCharacter.Match(text).Index);
        return new Place(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private static Place PlaceOf(SourceSpan span) => new(span.Start.Line + 1, span.Start.Column + 1);

    [GeneratedRegex(@"\\(?:u|U0000)[dD][89a-fA-F]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HalfCharacter { get; }

    private sealed class Builder(SourceText source)
    {
        public TableNode? Build(DocumentSyntax document)
        {
            var root = new TableNode(Place.Start);
            Fill(root, document.KeyValues);
            foreach (var header in document.Tables)
            {
                Fill(Open(root, header), header.Items);
            }

            return root;
        }

        private void Fill(TableNode table, IEnumerable<KeyValueSyntax> items)
        {
            foreach (var item in items)
            {
                var path = PathOf(item.Key);
                var target = path[..^1].Aggregate(table, Step);
                Add(target, new Entry(path[^1].Name, path[^1].At, ValueOf(item.Value)));
            }
        }

        /// <summary>The table that a <c>[header]</c> or <c>[[header]]</c> speaks of.</summary>
        private TableNode Open(TableNode root, TableSyntaxBase header)
        {
            var path = PathOf(header.Name);
            var parent = path[..^1].Aggregate(root, Step);
            return header is TableArraySyntax ? Append(parent, path[^1]) : Step(parent, path[^1]);
        }

        private TableNode Append(TableNode parent, (string Name, Place At) key)
        {
            var table = new TableNode(key.At);
            if (parent.Find(key.Name)?.Value is ListNode list)
            {
                list.Append(table);
            }
            else
            {
                Add(parent, new Entry(key.Name, key.At, new ListNode([table], key.At)));
            }

            return table;
        }

        /// <summary>Goes into a table, making it when it is not there; into the last one of a list of tables.</summary>
        private TableNode Step(TableNode table, (string Name, Place At) key)
        {
            switch (table.Find(key.Name)?.Value)
            {
                case TableNode inner:
                    return inner;
                case ListNode { Items: [.., TableNode last] }:
                    return last;
                case null:
                    var made = new TableNode(key.At);
                    Add(table, new Entry(key.Name, key.At, made));
                    return made;
                default:
                    source.Error(FormatProblems.GivenTwice(key.Name), key.At);
                    return new TableNode(key.At);
            }
        }

        private void Add(TableNode table, Entry entry)
        {
            if (!table.TryAdd(entry))
            {
                source.Error(FormatProblems.GivenTwice(entry.Key), entry.At);
            }
        }

        private List<(string Name, Place At)> PathOf(KeySyntax? key)
        {
            List<(string, Place)> path = [];
            if (key?.Key is { } first)
            {
                path.Add((NameOf(first), PlaceOf(first.Span)));
                path.AddRange(key.DotKeys.Where(dotted => dotted.Key is not null).Select(dotted => (NameOf(dotted.Key!), PlaceOf(dotted.Key!.Span))));
            }

            if (path.Count is 0 or > Node.MostLevels)
            {
                var at = key is null ? Place.Start : PlaceOf(key.Span);
                source.Error(path.Count == 0 ? FormatProblems.Unreadable("TOML", "A key is missing") : FormatProblems.TooDeep(), at);
                path = [("", Place.Start)];
            }

            return path;
        }

        private static string NameOf(BareKeyOrStringValueSyntax key) => key switch
        {
            BareKeySyntax bare => bare.Key?.Text ?? "",
            StringValueSyntax text => text.Value ?? "",
            _ => "",
        };

        private Node ValueOf(ValueSyntax? value)
        {
            var at = value is null ? Place.Start : PlaceOf(value.Span);
            return value switch
            {
                StringValueSyntax text => new TextNode(text.Value ?? "", at),
                IntegerValueSyntax number => new NumberNode(number.Token?.Text ?? "", number.Value, number.Value, at),
                FloatValueSyntax number => new NumberNode(number.Token?.Text ?? "", number.Value, null, at),
                BooleanValueSyntax boolean => new BooleanNode(boolean.Value, at),
                DateTimeValueSyntax => new DateNode(at),
                ArraySyntax list => new ListNode([.. list.Items.Select(item => ValueOf(item.Value))], at),
                InlineTableSyntax table => InlineTable(table, at),
                _ => new NullNode(at),
            };
        }

        private TableNode InlineTable(InlineTableSyntax syntax, Place at)
        {
            var table = new TableNode(at);
            Fill(table, syntax.Items.Select(item => item.KeyValue).OfType<KeyValueSyntax>());
            return table;
        }
    }
}
