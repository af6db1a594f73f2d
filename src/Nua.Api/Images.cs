namespace Nua.Api;

public sealed record ImageList(IReadOnlyList<ImageView> Images);

/// <summary>An image built from a package.</summary>
/// <param name="Reference">The name it is deployed by; its id once a newer build has the name.</param>
/// <param name="App">The app's id.</param>
/// <param name="Id">Its content address.</param>
/// <param name="SizeBytes">What it takes on disk, shared layers included.</param>
/// <param name="CreatedAt">When it was built.</param>
/// <param name="Instances">The instances that run it.</param>
public sealed record ImageView(
    string Reference, string App, string Id, long SizeBytes, DateTimeOffset CreatedAt, IReadOnlyList<string> Instances);

/// <summary>All that is known of an image.</summary>
/// <param name="Image">Which.</param>
/// <param name="Names">All its names.</param>
/// <param name="Version">The app's version and release; <see langword="null"/>: unknown.</param>
/// <param name="Builder">What built it; <see langword="null"/>: a version of Nua that did not write it down.</param>
/// <param name="Because">One clause: why that builder.</param>
/// <param name="Base">The image it stands on; <see langword="null"/>: a Dockerfile of the package's names it.</param>
/// <param name="HasAgent">Whether the agent is its first process.</param>
/// <param name="Newer">The id of a newer build of the same name; <see langword="null"/>: it is the newest.</param>
/// <param name="Layers">What it lies in, the lowest first.</param>
/// <param name="Config">What engines do with it unless told otherwise.</param>
/// <param name="UsedBy">The deployments that run it, or may be gone back to.</param>
public sealed record ImageDetailView(
    ImageView Image,
    IReadOnlyList<string> Names,
    string? Version,
    string? Builder,
    string? Because,
    string? Base,
    bool HasAgent,
    string? Newer,
    IReadOnlyList<LayerView> Layers,
    ImageConfigView Config,
    IReadOnlyList<ImageUserView> UsedBy);

/// <param name="Instruction">The line of a Dockerfile that made it.</param>
/// <param name="SizeBytes">What it adds.</param>
public sealed record LayerView(string Instruction, long SizeBytes);

/// <summary>The configuration of an image.</summary>
/// <param name="User">Who runs it; empty: root.</param>
/// <param name="WorkingDirectory">Where.</param>
/// <param name="EntryPoint">The program and its first arguments.</param>
/// <param name="Command">Further arguments, which whoever runs it may replace.</param>
/// <param name="Environment">As <c>NAME=value</c>.</param>
/// <param name="Ports">As <c>8080/tcp</c>.</param>
/// <param name="Volumes">Folders that are to be volumes.</param>
public sealed record ImageConfigView(
    string User,
    string WorkingDirectory,
    IReadOnlyList<string> EntryPoint,
    IReadOnlyList<string> Command,
    IReadOnlyList<string> Environment,
    IReadOnlyList<string> Ports,
    IReadOnlyList<string> Volumes);

/// <param name="Instance">Whose deployment.</param>
/// <param name="Deployment">Its number.</param>
/// <param name="Current">Whether it serves; if not, it is one to go back to.</param>
public sealed record ImageUserView(string Instance, int Deployment, bool Current);

/// <summary>Asks for images that nobody wants any more to be removed.</summary>
/// <param name="Keep">How many builds of each app stay, the newest, whether or not anything runs them.</param>
/// <param name="DryRun">Whether only to say what would go.</param>
public sealed record PruneBody(int Keep = 1, bool DryRun = false);

/// <summary>What was removed, or would be.</summary>
/// <param name="Images">Which.</param>
/// <param name="FreedBytes">The size of all layers that no image of Nua's has any more.</param>
/// <param name="DryRun">Whether they are still there.</param>
public sealed record PruneView(IReadOnlyList<PrunedImageView> Images, long FreedBytes, bool DryRun);

/// <param name="Reference">The name it had, or its id.</param>
/// <param name="App">The app's id; <see langword="null"/>: an image to build on.</param>
/// <param name="Id">Its content address.</param>
/// <param name="CreatedAt">When it was built.</param>
/// <param name="FreedBytes">The size of what only it had.</param>
public sealed record PrunedImageView(string Reference, string? App, string Id, DateTimeOffset CreatedAt, long FreedBytes);
