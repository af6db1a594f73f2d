using Nua.Core.Problems;

namespace Nua.Core.Packages;

/// <summary>A problem in a file, and the place to put the cursor. Line and column count from 1.</summary>
public sealed record Finding(FindingSeverity Severity, Problem Problem, string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Problem.Message} {Problem.Hint} [{Problem.Code}]";
}

public enum FindingSeverity
{
    /// <summary>An old spelling that still works.</summary>
    Deprecated,

    /// <summary>Nothing reads it; an error when reading strictly.</summary>
    Warning,

    /// <summary>There is no package.</summary>
    Error,
}
