namespace Nua.Engine.Images;

/// <summary>An image as it was made.</summary>
/// <param name="Image">What it is.</param>
/// <param name="Names">All its names; an image that lost its name to a newer one has none.</param>
/// <param name="Layers">What it lies in, the lowest first.</param>
/// <param name="Config">What engines do with it unless told otherwise.</param>
public sealed record ImageDetail(Image Image, IReadOnlyList<string> Names, IReadOnlyList<ImageLayer> Layers, ImageConfig Config);

/// <summary>One layer of an image.</summary>
/// <param name="Id">What it is and what it lies on, as one hash: equal means the engine keeps it once.</param>
/// <param name="Instruction">The line of a Dockerfile that made it.</param>
/// <param name="SizeBytes">What it adds.</param>
public sealed record ImageLayer(string Id, string Instruction, long SizeBytes);

/// <summary>The configuration of an image (OCI image specification, config.md).</summary>
public sealed record ImageConfig
{
    /// <summary>Who runs it; empty: root.</summary>
    public string User { get; init; } = "";

    public string WorkingDirectory { get; init; } = "";

    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>As <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>As <c>8080/tcp</c>.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    public IReadOnlyList<string> Volumes { get; init; } = [];
}
