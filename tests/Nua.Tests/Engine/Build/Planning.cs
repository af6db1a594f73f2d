using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Engine.Build;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images.Mirrors;

namespace Nua.Tests.Engine.Build;

/// <summary>Plans builds of packages that exist only in a test.</summary>
internal static class Planning
{
    private const string Metadata =
        """
        [metadata]
        id = "shop"
        version = "1.2"
        release = 3
        title = "Shop"
        author = "The Nua developers"
        tagline = "Sells \"things\""
        website = "https://shop.example"

        """;

    /// <param name="config">What follows <c>[metadata]</c> in the nua-config.</param>
    /// <param name="files">Paths and texts of the source folder.</param>
    public static BuildPlan Plan(string config, params IReadOnlyList<(string Path, string Text)> files) =>
        BuildPlanner.Plan(Read(config), Source(files), PackageSources.Usual);

    public static BuildPlan PlanWith(PackageMirrors mirrors, string config, params IReadOnlyList<(string Path, string Text)> files) =>
        BuildPlanner.Plan(
            Read(config),
            Source(files),
            PackageSources.Of(mirrors, "/ca.pem", mirrors.Apt is null ? null : new AptLines("bookworm", ["deb http://deb.example bookworm main"]), "/lent"));

    public static BuildPlan PlanWithAuthorities(string config, params IReadOnlyList<(string Path, string Text)> files) =>
        PlanWith(new PackageMirrors(), config, files);

    private static Package Read(string config) => PackageReader.Read("nua-config.toml", Metadata + config);

    private static SourceFolder Source(IReadOnlyList<(string Path, string Text)> files)
    {
        var texts = files.ToDictionary(file => file.Path, file => file.Text);
        var folders = texts.Keys.SelectMany(FoldersAbove).Distinct().Select(path => new SourceEntry(path, SourceKind.Folder, default, 0));
        var entries = texts.Select(file => new SourceEntry(file.Key, SourceKind.File, default, file.Value.Length)).Concat(folders);
        return new SourceFolder("/nowhere", [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)])
        {
            Reader = texts.GetValueOrDefault,
        };
    }

    private static IEnumerable<string> FoldersAbove(string path)
    {
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
