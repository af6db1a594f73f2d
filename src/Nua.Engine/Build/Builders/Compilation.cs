using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>How a compiler makes the program of a source. Lines are for the shell, and run in the project's folder.</summary>
internal sealed record Compilation
{
    /// <summary>Distribution packages that it needs beside those that the package names.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>The files that say what to fetch.</summary>
    public IReadOnlyList<string> Manifests { get; init; } = [];

    /// <summary>Fetches it, before the source is there; <see langword="null"/>: there is nothing, or compiling fetches it.</summary>
    public string? Fetch { get; init; }

    /// <summary>Leaves the program at <see cref="Program"/>.</summary>
    public required string Compile { get; init; }

    /// <summary>Where the program is, here and in the finished image.</summary>
    public required string Program { get; init; }

    /// <summary>Which files only compilers read, as conditions of <c>find</c>.</summary>
    public required string SourceFiles { get; init; }

    /// <summary>Those of what the project depends on, where it brings that along.</summary>
    public static string Vendored(BuildInput input) => $"-path {ShellText.Quote($"{input.Folder}/vendor/*")}";
}
