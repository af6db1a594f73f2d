namespace Nua.Engine.Build.Sources;

/// <summary>One thing in a source folder that goes into the build.</summary>
/// <param name="Path">Relative to the folder, with <c>/</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Size">In bytes; 0 for what is not a file. Pipes, sockets and devices are empty files here.</param>
/// <param name="Target">Where a link points.</param>
internal sealed record SourceEntry(string Path, SourceKind Kind, UnixFileMode Mode, long Size, string? Target = null)
{
    /// <summary>Where it lies on this machine, when that is not at its path below the folder.</summary>
    public string? Place { get; init; }
}

internal enum SourceKind
{
    File,
    Folder,
    Link,
}
