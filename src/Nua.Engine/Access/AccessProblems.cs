using Nua.Core.Problems;

namespace Nua.Engine.Access;

/// <summary>The words of the room.</summary>
public static class AccessProblems
{
    /// <summary>Names are how people tell tokens apart.</summary>
    public static Problem NameTaken(string name) => new(
        ProblemKind.Conflict,
        "access.name-taken",
        $"There is a token named '{name}' already.",
        "Choose another name.");
}
