namespace Nua.Engine.Build;

/// <summary>What the operator decides about builds.</summary>
/// <param name="Agent">The agent's file on this machine; it goes into the images.</param>
/// <param name="Folder">Where contexts of builds are prepared: a folder of the server's own.</param>
public sealed record BuildSettings(string Agent, string Folder)
{
    /// <summary>Certificate authorities that downloads in build steps trust, as a PEM file of this machine; never part of an image.</summary>
    public string? Authorities { get; init; }

    /// <summary>The longest a build may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);
}
