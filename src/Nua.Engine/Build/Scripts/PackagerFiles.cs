using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Scripts;

/// <summary>What a package brings in its folder <c>nua</c> beside the nua-config.</summary>
/// <param name="Build">Builds the app.</param>
/// <param name="Start">Starts it.</param>
/// <param name="Folders">Folders that go to <c>/nua</c> in the image, by name.</param>
/// <param name="LeftOut">Folders that do not: Nua has something of that name there.</param>
internal sealed record PackagerFiles(Script? Build, Script? Start, IReadOnlyList<string> Folders, IReadOnlyList<string> LeftOut)
{
    public const string Templates = "templates";

    private const string Folder = "nua/";

    private static readonly string[] Reserved = ["agent", "build", "scripts", "venv"];

    public bool HasTemplates => Folders.Contains(Templates);

    public static PackagerFiles Of(SourceFolder root)
    {
        // The nua-config itself may stand in nua/metadata.
        var names = root.Entries
            .Where(entry => entry.Kind == SourceKind.Folder && entry.Path.StartsWith(Folder, StringComparison.Ordinal))
            .Select(entry => entry.Path[Folder.Length..])
            .Where(name => !name.Contains('/') && name[0] is not ('.' or '_') && name != "metadata")
            .ToList();
        return new PackagerFiles(
            Script.Find(root, "build"), Script.Find(root, "start"), [.. names.Except(Reserved)], [.. names.Intersect(Reserved)]);
    }
}
