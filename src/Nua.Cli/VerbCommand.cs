using System.CommandLine;

namespace Nua.Cli;

/// <summary>A command that knows what its help must show: one example, and how it can end.</summary>
/// <param name="name">The word typed.</param>
/// <param name="description">One sentence.</param>
/// <param name="example">A line to copy.</param>
/// <param name="exits">The exit codes it can end with, beside 0, 1 and 2.</param>
internal sealed class VerbCommand(string name, string description, string example, params IReadOnlyList<int> exits)
    : Command(name, description)
{
    public string Example => example;

    /// <summary>Whether it works on the machine it is typed on, so that it can be for no server elsewhere.</summary>
    public bool IsLocal { get; private set; }

    /// <summary>Says so.</summary>
    public VerbCommand OnlyHere()
    {
        IsLocal = true;
        return this;
    }

    public IReadOnlyList<int> Exits { get; } = [0, 1, 2, .. exits];
}
