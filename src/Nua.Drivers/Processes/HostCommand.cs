namespace Nua.Drivers.Processes;

/// <summary>A program of this machine and its arguments, never a shell line.</summary>
internal sealed record HostCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Added to this process's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
