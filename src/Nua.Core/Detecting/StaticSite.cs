namespace Nua.Core.Detecting;

/// <summary>An <c>index.html</c> at the root or in a folder where sites are commonly put.</summary>
internal sealed class StaticSite : IDetectionRule
{
    private static readonly string[] Roots = [".", "public", "site", "www", "html", "dist", "_site", "htdocs"];

    public Detection? Apply(SourceTree tree)
    {
        var root = Roots.FirstOrDefault(folder => tree.Has(IndexOf(folder)));
        return root is null
            ? null
            : new Detection(
                Languages.Static,
                $"{IndexOf(root)} is a page to serve as it is",
                [IndexOf(root)],
                DocumentRoot: root);
    }

    private static string IndexOf(string folder) => folder == "." ? "index.html" : $"{folder}/index.html";
}
