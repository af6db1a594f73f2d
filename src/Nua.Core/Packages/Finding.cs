using Nua.Core.Problems;

namespace Nua.Core.Packages;

/// <summary>A problem in a file, and the place to put the cursor. Line and column count from 1.</summary>
public sealed record Finding(FindingSeverity Severity, Problem Problem, string File, int Line, int Column)
{
    /// <summary>What people call the severity: <c>error</c>, <c>warning</c>, <c>note</c>.</summary>
    public string Degree => Severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };

    public override string ToString() => $"{File}:{Line}:{Column}: {Degree}: {Problem.Message} {Problem.Hint} [{Problem.Code}]";
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
