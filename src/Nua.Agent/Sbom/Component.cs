namespace Nua.Agent.Sbom;

/// <summary>One piece of software that is in the image.</summary>
/// <param name="Name">As its ecosystem calls it.</param>
/// <param name="Version">As its ecosystem writes it.</param>
/// <param name="Purl">Its package URL: what it is told from all others by.</param>
internal sealed record Component(string Name, string Version, string Purl)
{
    public Licence? Licence { get; init; }

    /// <summary>The file that says so; <see langword="null"/> for what the distribution's own list names.</summary>
    public string? FoundAt { get; init; }
}
