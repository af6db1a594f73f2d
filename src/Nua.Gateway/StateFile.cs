using System.Runtime.InteropServices;

namespace Nua.Gateway;

/// <summary>Files that are there whole or not at all, and for the gateway's user alone unless said otherwise.</summary>
internal static partial class StateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static void CreateFolder(string folder) => Guard(folder, () => Directory.CreateDirectory(folder));

    /// <summary>Null when there is no such file.</summary>
    public static byte[]? TryRead(string file) => Guard(file, () => File.Exists(file) ? File.ReadAllBytes(file) : null);

    public static void Write(string file, byte[] content, bool isPublic = false) => Guard(file, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = file + ".new";
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = isPublic ? Everybody : OwnerOnly,
        }))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
        SyncFolder(Path.GetDirectoryName(file)!);
        return file;
    });

    /// <summary>The file has the other's place from now on, also after a loss of power.</summary>
    public static void Move(string file, string place) => Guard(file, () =>
    {
        File.Move(file, place, overwrite: true);
        SyncFolder(Path.GetDirectoryName(place)!);
        return place;
    });

    public static void Delete(string file) => Guard(file, () =>
    {
        File.Delete(file);
        return file;
    });

    /// <summary>Renames a file that cannot be understood, so that somebody may look at it; answers with the new name.</summary>
    public static string PutAside(string file) => Guard(file, () =>
    {
        var aside = file + ".damaged";
        File.Move(file, aside, overwrite: true);
        return aside;
    });

    // A new name is on the disk once its folder is.
    private static void SyncFolder(string folder)
    {
        const int CloseOnExec = 0x80000;
        var descriptor = Open(folder, CloseOnExec);
        if (descriptor < 0)
        {
            return;
        }

        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw GatewayProblems.StateUnusable(path, failure);
        }
    }
}
