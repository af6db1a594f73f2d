namespace Nua.Drivers.Images;

/// <summary>Folders that live as long as a build.</summary>
internal static class ScratchFolder
{
    /// <param name="parent">Where, so that its owner can empty it after a crash; <see langword="null"/>: the system's place for such.</param>
    /// <param name="prefix">What its name begins with.</param>
    public static DirectoryInfo Create(string? parent, string prefix) => parent is null
        ? Directory.CreateTempSubdirectory(prefix)
        : Directory.CreateDirectory(Path.Combine(parent, $"{prefix}{Guid.NewGuid():N}"));
}
