using Nua.Engine.Build.Sources;

namespace Nua.Drivers.Sources;

/// <summary>What the operator decides about sources that are fetched.</summary>
/// <param name="Folder">Where they are kept: a folder of the server's own.</param>
/// <param name="Scratch">Where they are while they are not whole; on the same disk, and emptied when the server starts.</param>
public sealed record SourceSettings(string Folder, string Scratch)
{
    /// <summary>How large one may be; the archive itself too.</summary>
    public UnpackingLimits Limits { get; init; } = new();

    /// <summary>A PEM file of certificate authorities; <see langword="null"/>: this machine's.</summary>
    public string? Authorities { get; init; }

    /// <summary>The longest that fetching one may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The longest silence of a server.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
