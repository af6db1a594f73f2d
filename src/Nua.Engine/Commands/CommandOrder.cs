using Nua.Core;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Commands;

/// <summary>A command that somebody wants to run and to talk with. Never journaled: its arguments may hold secrets.</summary>
/// <param name="Command">A program and its arguments.</param>
public sealed record CommandOrder(IReadOnlyList<string> Command)
{
    /// <summary>In which workload, by its role; <see langword="null"/>: in the app.</summary>
    public string? Workload { get; init; }

    /// <summary>As whom; <see langword="null"/>: as the workload's own user.</summary>
    public string? User { get; init; }

    /// <summary>Variables beside the workload's own.</summary>
    public IReadOnlyDictionary<string, Secret> Variables { get; init; } = new Dictionary<string, Secret>();

    /// <summary>The terminal of whoever asks; <see langword="null"/>: three streams.</summary>
    public TerminalSize? Terminal { get; init; }

    /// <summary>The program's name: all that is ever written down.</summary>
    public string Program => Command[0];
}
