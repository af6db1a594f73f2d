namespace Nua.Drivers.Images.Distro;

/// <summary>The folder an image is built from, for as long as it is built.</summary>
/// <param name="scratch">Where it is made; <see langword="null"/>: where the system has such.</param>
internal sealed class BuildContext(string? scratch) : IDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _folder = ScratchFolder.Create(scratch, "nua-image-");

    public string Folder => _folder.FullName;

    public void AddFiles(IReadOnlyDictionary<string, string> files)
    {
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(Folder, RecipeDockerfile.Files, path.TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!, Executable);
            File.WriteAllText(file, content);
            File.SetUnixFileMode(file, IsProgram(path) ? Executable : Readable);
        }
    }

    /// <param name="path">In the image.</param>
    /// <param name="mode">Its permissions.</param>
    public void AddFolder(string path, UnixFileMode mode)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, RecipeDockerfile.Files, path.TrimStart('/')));
        File.SetUnixFileMode(folder.FullName, mode);
    }

    public void AddAgent(string agent)
    {
        var copy = Path.Combine(Folder, RecipeDockerfile.Agent);
        File.Copy(agent, copy);
        File.SetUnixFileMode(copy, Executable);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Files of /etc have no extension either, and are not run.
    private static bool IsProgram(string path) =>
        path.EndsWith(".sh", StringComparison.Ordinal)
        || (Path.GetExtension(path).Length == 0 && !path.StartsWith("/etc/", StringComparison.Ordinal));
}
