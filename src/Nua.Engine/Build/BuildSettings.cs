using Nua.Engine.Images.Mirrors;

namespace Nua.Engine.Build;

/// <summary>What the operator decides about builds.</summary>
/// <param name="Agent">The agent's file on this machine; it goes into the images.</param>
/// <param name="Folder">Where contexts of builds are prepared: a folder of the server's own.</param>
public sealed record BuildSettings(string Agent, string Folder)
{
    /// <summary>Where steps get packages, and whom they trust then.</summary>
    public PackageSources Packages { get; init; } = PackageSources.Usual;

    /// <summary>The longest a build may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);
}
