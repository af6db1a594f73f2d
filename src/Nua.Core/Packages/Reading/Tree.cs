namespace Nua.Core.Packages.Reading;

/// <summary>Makes one positioned tree from a text in any of the three formats.</summary>
internal static class Tree
{
    /// <summary>The names a config or a sites file may end in.</summary>
    public static readonly string[] Extensions = [".json", ".toml", ".yaml", ".yml"];

    /// <returns><see langword="null"/>: it cannot be read, and the findings say why.</returns>
    public static TableNode? Parse(SourceText source)
    {
        if (source.Text.Length > SourceText.MostCharacters)
        {
            source.Error(FormatProblems.TooLarge(source.Text.Length, "characters", SourceText.MostCharacters), Place.Start);
            return null;
        }

        var root = Path.GetExtension(source.File).ToLowerInvariant() switch
        {
            ".toml" => TomlTree.Parse(source),
            ".yaml" or ".yml" => YamlTree.Parse(source),
            ".json" => JsonTree.Parse(source),
            var other => Refuse(source, other),
        };
        if (root is not null && TooDeep(root) is { } inner)
        {
            source.Error(FormatProblems.TooDeep(), inner.At);
        }

        return root is null || source.HasErrors ? null : TableOf(root, source);
    }

    /// <summary>
    /// A table or a list that lies too deep, if there is one. The parsers bound what they see at once; headers, keys with
    /// dots and aliases add up only in the tree. It may still be too deep to recurse into here.
    /// </summary>
    private static Node? TooDeep(Node root)
    {
        Stack<(Node Node, int Level)> left = new([(root, 1)]);
        while (left.TryPop(out var next))
        {
            if (next.Level > Node.MostLevels && next.Node is (TableNode or ListNode))
            {
                return next.Node;
            }

            foreach (var inner in InnerOf(next.Node))
            {
                left.Push((inner, next.Level + 1));
            }
        }

        return null;
    }

    private static IEnumerable<Node> InnerOf(Node node) => node switch
    {
        TableNode table => table.Entries.Select(entry => entry.Value),
        ListNode list => list.Items,
        _ => [],
    };

    private static TableNode? TableOf(Node root, SourceText source)
    {
        if (root is TableNode table)
        {
            return table;
        }

        source.Error(root is NullNode ? FormatProblems.Empty() : FormatProblems.NotATable(root.Kind), root.At);
        return null;
    }

    private static Node? Refuse(SourceText source, string extension)
    {
        source.Error(FormatProblems.UnknownFormat(extension), Place.Start);
        return null;
    }
}
