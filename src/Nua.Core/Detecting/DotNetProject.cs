using System.Text.RegularExpressions;

namespace Nua.Core.Detecting;

/// <summary>A project of .NET, or a file that is a program by itself; what it says of itself as far as a build must know.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Text">What is in the file.</param>
public sealed partial record DotNetProject(string Path, string Text)
{
    private const int DeepestProject = 3;

    private static readonly string[] Extensions = [".csproj", ".fsproj", ".vbproj"];

    private static readonly string[] Solutions = [".sln", ".slnx"];

    private static readonly string[] OfTests = ["Microsoft.NET.Test.Sdk", "<IsTestProject>true", "Include=\"xunit"];

    /// <summary>Whether it is a single file of C#.</summary>
    public bool IsFile => Path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it answers requests.</summary>
    public bool IsWeb => Text.Contains("Microsoft.NET.Sdk.Web", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it makes a program, and not what programs or tests are made of.</summary>
    public bool IsProgram =>
        IsFile || (!OfTests.Any(sign => Text.Contains(sign, StringComparison.OrdinalIgnoreCase))
            && (IsWeb || Text.Contains("Microsoft.NET.Sdk.Worker", StringComparison.OrdinalIgnoreCase) || Is("OutputType", "Exe")));

    /// <summary>What the program it makes is called.</summary>
    public string Program => AssemblyName.Match(Text) is { Success: true } match && !IsFile
        ? match.Groups["name"].Value
        : System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Whether it sets a property to that value: in a project's words, or in a single file's.</summary>
    public bool Is(string property, string value) =>
        Text.Contains($"<{property}>{value}</{property}>", StringComparison.OrdinalIgnoreCase)
        || Text.Contains($"#:property {property}={value}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file says how .NET is built: a project or a solution.</summary>
    public static bool IsManifest(string path) => IsProject(path) || IsSolution(path);

    /// <summary>
    /// The projects of a folder: those below it when a project or a solution is at its root, or else the one file of C# there
    /// that is a program by itself.
    /// </summary>
    /// <param name="paths">Every file of the folder, relative to it.</param>
    /// <param name="readText">The text of one of them.</param>
    public static IReadOnlyList<DotNetProject> In(IEnumerable<string> paths, Func<string, string?> readText)
    {
        var sorted = paths.Order(StringComparer.Ordinal).ToList();
        return sorted.Any(path => IsManifest(path) && !path.Contains('/'))
            ? [.. sorted.Where(path => IsProject(path) && path.Count(sign => sign == '/') <= DeepestProject).Select(Read)]
            : ProgramByItself([.. sorted.Where(path => path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && !path.Contains('/')).Select(Read)]);

        DotNetProject Read(string path) => new(path, readText(path) ?? "");
    }

    // The others beside it belong to something else: a program of one file is of one file.
    private static IReadOnlyList<DotNetProject> ProgramByItself(IReadOnlyList<DotNetProject> files) => files switch
    {
        [var only] => [only],
        _ when files.Where(file => Directive.IsMatch(file.Text)).ToList() is [var marked] => [marked],
        _ => [],
    };

    private static bool IsProject(string path) => Extensions.Contains(System.IO.Path.GetExtension(path));

    private static bool IsSolution(string path) => Solutions.Contains(System.IO.Path.GetExtension(path));

    [GeneratedRegex(@"<AssemblyName>(?<name>[\w.-]+)</AssemblyName>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AssemblyName { get; }

    [GeneratedRegex(@"^#(?:!|:(?:sdk|package|property|project)\b)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Directive { get; }
}
