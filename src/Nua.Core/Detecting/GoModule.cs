using System.Text.RegularExpressions;

namespace Nua.Core.Detecting;

/// <summary>What a <c>go.mod</c>, and the files beside it, say about a Go module.</summary>
public sealed partial record GoModule
{
    /// <summary>The file that makes a folder a module.</summary>
    public const string File = "go.mod";

    /// <summary>Its path, as others import it.</summary>
    public required string Path { get; init; }

    /// <summary>The oldest Go that compiles it; <see langword="null"/>: it does not say.</summary>
    public string? Go { get; init; }

    /// <summary>It needs other modules.</summary>
    public bool Requires { get; init; }

    /// <summary>It needs modules of the same source tree.</summary>
    public bool RequiresLocal { get; init; }

    /// <summary>What it needs is in its folder <c>vendor</c>.</summary>
    public bool IsVendored { get; init; }

    /// <summary>The program at its root, or those in folders below <c>cmd</c>.</summary>
    public IReadOnlyList<GoProgram> Programs { get; init; } = [];

    /// <returns><see langword="null"/>: the folder is no module.</returns>
    public static GoModule? Read(IReadOnlyCollection<string> relativePaths, Func<string, string?> readText) =>
        Of(new SourceTree(relativePaths, readText));

    internal static GoModule? Of(SourceTree tree)
    {
        if (!tree.Has(File))
        {
            return null;
        }

        var text = Remark.Replace(tree.Text(File), "");
        var path = ModuleLine.Match(text).Groups["path"].Value;
        return new GoModule
        {
            Path = path,
            Go = GoLine.Match(text) is { Success: true } go ? go.Groups["version"].Value : null,
            Requires = RequireLine.IsMatch(text),
            RequiresLocal = LocalPath.IsMatch(text) || tree.Has("go.work"),
            IsVendored = tree.Has("vendor/modules.txt"),
            Programs = IsProgram(tree, "") ? [new GoProgram(NameOf(path), ".")] : [.. Commands(tree)],
        };
    }

    private static IEnumerable<GoProgram> Commands(SourceTree tree) =>
        from folder in tree.Paths.Select(path => CommandFolder.Match(path).Groups["folder"].Value).Distinct()
        where folder.Length > 0 && IsProgram(tree, folder)
        select new GoProgram(folder["cmd/".Length..^1], $"./{folder.TrimEnd('/')}");

    private static bool IsProgram(SourceTree tree, string folder) => tree.Paths.Any(path =>
        path.StartsWith(folder, StringComparison.Ordinal) && path.IndexOf('/', folder.Length) < 0
        && path.EndsWith(".go", StringComparison.Ordinal) && !path.EndsWith("_test.go", StringComparison.Ordinal)
        && MainPackage.IsMatch(tree.Text(path)) && !LeftOut.IsMatch(tree.Text(path)));

    /// <summary><c>example.org/shop/v2</c> makes the program <c>shop</c>, as it does for Go.</summary>
    private static string NameOf(string path)
    {
        var name = path.Split('/').LastOrDefault(part => !MajorVersion.IsMatch(part)) ?? "";
        return PlainName.IsMatch(name) ? name : "app";
    }

    [GeneratedRegex(@"//.*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Remark { get; }

    [GeneratedRegex(@"^\s*module\s+""?(?<path>[^\s""]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModuleLine { get; }

    [GeneratedRegex(@"^\s*go\s+(?<version>[0-9]+(\.[0-9]+)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GoLine { get; }

    [GeneratedRegex(@"^\s*require\s", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RequireLine { get; }

    [GeneratedRegex(@"=>\s*\.{0,2}/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LocalPath { get; }

    [GeneratedRegex(@"^(?<folder>cmd/[A-Za-z0-9][A-Za-z0-9._-]*/)[^/]+\.go$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandFolder { get; }

    [GeneratedRegex(@"^package[ \t]+main\b", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MainPackage { get; }

    // A file that is run by itself, such as a generator.
    [GeneratedRegex(@"^//go:build[ \t]+ignore\b", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeftOut { get; }

    [GeneratedRegex(@"^v[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MajorVersion { get; }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName { get; }
}

/// <summary>A program that a module makes.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Package">The folder of its main package, as Go takes it: <c>.</c>, <c>./cmd/shop</c>.</param>
public sealed record GoProgram(string Name, string Package);
