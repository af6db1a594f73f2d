using System.Text.RegularExpressions;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Builders;

/// <summary>What a <c>Gemfile</c>, and what lies beside it, say about how to install gems.</summary>
internal sealed partial record RubyManifest
{
    public const string FileName = "Gemfile";

    public const string Lock = "Gemfile.lock";

    /// <summary>Where gems lie that come with the source.</summary>
    public const string Vendored = "vendor/cache";

    /// <summary>Whether there is one at all.</summary>
    public bool Exists { get; private init; }

    /// <summary>Whether every version is pinned.</summary>
    public bool IsLocked { get; private init; }

    /// <summary>Whether the gems came with the source.</summary>
    public bool IsVendored { get; private init; }

    /// <summary>It installs parts of the source: any change of it may concern them.</summary>
    public bool InstallNeedsSource { get; private init; }

    /// <summary>The files that say what to install.</summary>
    public IReadOnlyList<string> Files => IsLocked ? [FileName, Lock] : [FileName];

    public static RubyManifest Read(SourceFolder project) => new()
    {
        Exists = project.Has(FileName),
        IsLocked = project.Has(FileName) && project.Has(Lock),
        IsVendored = project.HasFolder(Vendored),
        InstallNeedsSource = Local.IsMatch(project.Read(FileName) ?? ""),
    };

    [GeneratedRegex(@"^[^#\n]*(?:\bgemspec\b|\bpath:|:path\b|^\s*path\s|\beval_gemfile\b|\bfile:)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Local { get; }
}
