namespace Nua.Engine.Build;

/// <summary>A package to make an image of.</summary>
/// <param name="Folder">The folder that holds the package, or its nua-config; absolute.</param>
/// <param name="Reference">The name its image will have, so that two builds of one image wait for each other.</param>
/// <param name="NoCache">Build although nothing changed.</param>
public sealed record BuildRequest(string Folder, string? Reference = null, bool NoCache = false);

/// <summary>The image of a package.</summary>
/// <param name="Reference">Its name: <c>nua-guestbook:1.0-1</c>.</param>
/// <param name="ImageId">The engine's content address.</param>
/// <param name="Builder">What built it.</param>
/// <param name="SizeBytes">What it takes on disk, shared layers included.</param>
/// <param name="UpToDate">Nothing had changed since it was built, so nothing was built.</param>
/// <param name="SubApplications">The images of its sub-applications, by name; <see langword="null"/> when it has none.</param>
public sealed record BuiltImage(
    string Reference,
    string ImageId,
    string Builder,
    long SizeBytes,
    bool UpToDate,
    IReadOnlyDictionary<string, BuiltImage>? SubApplications = null);
