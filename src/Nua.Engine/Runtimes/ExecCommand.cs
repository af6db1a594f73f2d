using Nua.Core;

namespace Nua.Engine.Runtimes;

/// <summary>A program and its arguments, never a shell line.</summary>
public sealed record ExecCommand(params IReadOnlyList<string> Arguments)
{
    /// <summary>Environment of this program alone.</summary>
    public IReadOnlyDictionary<string, Secret> Secrets { get; init; } = new Dictionary<string, Secret>();

    /// <summary>The user it runs as; <see langword="null"/>: the image's.</summary>
    public string? User { get; init; }

    /// <summary>Where it runs; <see langword="null"/>: where the image says.</summary>
    public string? WorkingDirectory { get; init; }
}

/// <summary>How a program in a workload ended. A failure is an outcome, not an exception.</summary>
public sealed record ExecOutcome(int ExitCode, string Output, string Error)
{
    private const int LongestLine = 300;

    /// <summary>Whether it ended with 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last line it wrote that says something, cut when it is long: the one to show.</summary>
    public string LastLine =>
        $"{Output}\n{Error}".Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim() is { } line
            ? line.Length <= LongestLine ? line : line[..LongestLine] + "…"
            : "";
}
