using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Nua.Drivers.Images;

/// <summary>
/// Folders that live as long as a build, all of them in a place of one server's own on its disk, but for one in memory, for what
/// writes thousands of small files. Whatever is there when a server starts is of one that was killed.
/// </summary>
public static partial class ScratchFolder
{
    /// <summary>What tells programs where to write such things; so it also tells which programs work in the place.</summary>
    internal const string Variable = "TMPDIR";

    private const string Memory = "/dev/shm";
    private const string Processes = "/proc";

    /// <summary>mmdebstrap works there as other users than the server's, too.</summary>
    private const uint Traversable = 0b111_101_101;

    /// <summary>Ends the programs that still work in the place, and removes it; answers what was done, in sentences.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be removed.</exception>
    public static IReadOnlyList<string> Remove(string place)
    {
        var ended = ProgramsIn(place).Select(End).OfType<string>().ToList();
        if (!Directory.Exists(place))
        {
            return ended;
        }

        var left = Directory.EnumerateFileSystemEntries(place).Select(path => $"Removed {path}, which a build left.").ToList();
        Directory.Delete(place, recursive: true);
        return [.. ended, .. left];
    }

    /// <summary>Removes in the same way the folder in memory of the server whose place on disk is given; another user's stays.</summary>
    public static IReadOnlyList<string> RemoveInMemory(string place)
    {
        try
        {
            return Remove(FolderInMemory(place));
        }
        catch (Exception foreign) when (foreign is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <param name="place">Where; <see langword="null"/>: the system's place for such.</param>
    /// <param name="prefix">What its name begins with.</param>
    internal static DirectoryInfo Create(string? place, string prefix) => place is null
        ? Directory.CreateTempSubdirectory(prefix)
        : Directory.CreateDirectory(Path.Combine(place, $"{prefix}{Guid.NewGuid():N}"));

    /// <param name="place">The server's place on disk, which tells servers apart.</param>
    /// <param name="bytes">How much room there has to be.</param>
    /// <returns><see langword="null"/>: there is no room, no program may run there, or the folder is somebody's.</returns>
    internal static DirectoryInfo? CreateInMemory(string? place, long bytes)
    {
        var folder = FolderInMemory(place ?? $"{Environment.ProcessId}");
        return HasMemory(bytes) && MakeFolder(folder, Traversable) == 0 ? new DirectoryInfo(folder) : null;
    }

    private static bool HasMemory(long bytes) =>
        Directory.Exists(Memory)
        && new DriveInfo(Memory).AvailableFreeSpace > bytes
        && !File.ReadLines("/proc/mounts")
            .Select(line => line.Split(' '))
            .Any(mount => mount[1] == Memory && mount[3].Split(',').Contains("noexec"));

    private static string FolderInMemory(string place) =>
        Path.Combine(Memory, $"nua-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)).AsSpan(0, 6))}");

    private static IEnumerable<int> ProgramsIn(string place) =>
        from folder in Directory.EnumerateDirectories(Processes)
        where Path.GetFileName(folder).All(char.IsAsciiDigit)
        where EnvironmentOf(folder).Any(variable => variable == $"{Variable}={place}" || variable.StartsWith($"{Variable}={place}/", StringComparison.Ordinal))
        select int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture);

    private static string[] EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's, who cannot work in a place of ours.
            return [];
        }
    }

    // An engine stops what it builds when who asked for it is gone.
    private static string? End(int id)
    {
        try
        {
            using var program = Process.GetProcessById(id);
            var name = program.ProcessName;
            program.Kill(entireProcessTree: true);
            program.WaitForExit();
            return $"Ended {name} (process {id}), which built for a server that is gone.";
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    // Unlike the usual way, it does not take what is there already: in memory, anybody may have made it.
    [LibraryImport("libc", EntryPoint = "mkdir", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakeFolder(string path, uint mode);
}
