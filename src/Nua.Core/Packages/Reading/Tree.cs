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
            source.Error(FormatProblems.TooLarge(source.Text.Length), Place.Start);
            return null;
        }

        var root = Path.GetExtension(source.File).ToLowerInvariant() switch
        {
            ".toml" => TomlTree.Parse(source),
            ".yaml" or ".yml" => YamlTree.Parse(source),
            ".json" => JsonTree.Parse(source),
            var other => Refuse(source, other),
        };
        return root is null || source.HasErrors ? null : TableOf(root, source);
    }

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
