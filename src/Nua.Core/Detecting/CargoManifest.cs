using System.Text.RegularExpressions;
using Nua.Core.Packages.Reading;

namespace Nua.Core.Detecting;

/// <summary>What a <c>Cargo.toml</c>, and the files beside it, say about a Rust package.</summary>
public sealed partial record CargoManifest
{
    /// <summary>The file that makes a folder a package.</summary>
    public const string File = "Cargo.toml";

    private const string Main = "src/main.rs";

    /// <summary>Sections that name files of the source, which Cargo wants to see before it fetches anything.</summary>
    private static readonly string[] SourceSections = ["workspace", "lib", "bin", "example", "test", "bench", "patch", "replace"];

    private static readonly string[] DependencySections = ["dependencies", "build-dependencies", "dev-dependencies", "target"];

    /// <summary>What it is called; <see langword="null"/>: it is a workspace of other packages only.</summary>
    public string? Name { get; init; }

    /// <summary>The oldest Rust that compiles it; <see langword="null"/>: it does not say.</summary>
    public string? Rust { get; init; }

    public bool HasDependencies { get; init; }

    /// <summary>Only with the whole source can it be told what to fetch.</summary>
    public bool FetchNeedsSource { get; init; }

    /// <summary>The programs it makes, or the only one that it runs by default.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <returns><see langword="null"/>: the folder is no package. One that Cargo cannot read either says nothing.</returns>
    public static CargoManifest? Read(IReadOnlyCollection<string> relativePaths, Func<string, string?> readText) =>
        Of(new SourceTree(relativePaths, readText));

    internal static CargoManifest? Of(SourceTree tree)
    {
        if (!tree.Has(File))
        {
            return null;
        }

        var root = TomlTree.Parse(new SourceText(File, tree.Text(File), new ReadingOptions())) as TableNode ?? new TableNode(Place.Start);
        var package = TableIn(root, "package");
        var sections = DependencySections.Select(name => TableIn(root, name)).OfType<TableNode>().Where(section => section.Count > 0).ToList();
        return new CargoManifest
        {
            Name = TextIn(package, "name"),
            Rust = VersionIn(TextIn(package, "rust-version")) ?? VersionIn(ChannelIn(tree)),
            HasDependencies = sections.Count > 0,
            FetchNeedsSource = SourceSections.Any(name => root.Find(name) is not null)
                || package?.Find("build") is not null || sections.Exists(section => HasPath(section)),
            Programs = ProgramsOf(tree, root, package),
        };
    }

    private static IReadOnlyList<string> ProgramsOf(SourceTree tree, TableNode root, TableNode? package)
    {
        if (TextIn(package, "default-run") is { } chosen)
        {
            return [chosen];
        }

        var named = root.Find("bin")?.Value is ListNode list ? list.Items.OfType<TableNode>().ToList() : [];
        var found = tree.Paths.Select(path => Binary.Match(path).Groups["name"].Value).Where(name => name.Length > 0);
        var main = tree.Has(Main) && !named.Exists(binary => TextIn(binary, "path") == Main) ? TextIn(package, "name") : null;
        return [.. named.Select(binary => TextIn(binary, "name")).Prepend(main).OfType<string>().Concat(found).Where(name => PlainName.IsMatch(name)).Distinct()];
    }

    /// <summary>A file that says which Rust to use: its channel, where that is a version.</summary>
    private static string? ChannelIn(SourceTree tree) =>
        Channel.Match(tree.Text("rust-toolchain.toml") + tree.Text("rust-toolchain")) is { Success: true } match ? match.Groups["version"].Value : null;

    private static string? VersionIn(string? text) => text is not null && Version.IsMatch(text) ? text : null;

    /// <summary><c>till = { path = "till" }</c>, also below <c>[target.…]</c>.</summary>
    private static bool HasPath(TableNode table) => table.Entries.Any(entry =>
        entry is { Key: "path", Value: TextNode } || (entry.Value is TableNode inner && HasPath(inner)));

    private static TableNode? TableIn(TableNode table, string key) => table.Find(key)?.Value as TableNode;

    private static string? TextIn(TableNode? table, string key) => (table?.Find(key)?.Value as TextNode)?.Value;

    [GeneratedRegex(@"^src/bin/(?<name>[^/]+)(\.rs|/main\.rs)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Binary { get; }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName { get; }

    [GeneratedRegex(@"^(?:\s*channel\s*=\s*"")?(?<version>[0-9]+\.[0-9.]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Channel { get; }

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+){0,2}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version { get; }
}
