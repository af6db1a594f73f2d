namespace Nua.Core.Detecting;

/// <summary>A PHP application: pages in the folder or below <c>public</c> or <c>web</c>, or <c>composer.json</c>.</summary>
internal sealed class Php : IDetectionRule
{
    private static readonly string[] Manifests = ["composer.json", "composer.lock"];

    /// <summary>Where the page that answers first is looked for, best first: a folder of its own keeps the rest from visitors.</summary>
    private static readonly string[] Roots = ["public", "web", "."];

    public Detection? Apply(SourceTree tree)
    {
        var manifests = tree.Existing(Manifests);
        var root = Roots.FirstOrDefault(folder => tree.Has(IndexOf(folder)));
        return (manifests, root) switch
        {
            ([], null) => null,
            ([], _) => Found($"{IndexOf(root)} is a PHP page", [IndexOf(root)]),
            (_, null) => Found($"{manifests[0]} describes a PHP project", manifests),
            _ => Found($"{manifests[0]} describes a PHP project; {IndexOf(root)} answers first", [.. manifests, IndexOf(root)]),
        };

        Detection Found(string because, IReadOnlyList<string> files) =>
            new(Languages.Php, because, files, SuggestedPort: root is null ? null : 8080, DocumentRoot: root);
    }

    private static string IndexOf(string folder) => folder == "." ? "index.php" : $"{folder}/index.php";
}
