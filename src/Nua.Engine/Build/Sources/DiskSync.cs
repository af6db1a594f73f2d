using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nua.Engine.Build.Sources;

/// <summary>Brings everything that was written to a disk onto it: one call where each file of a folder would take its own.</summary>
internal static partial class DiskSync
{
    /// <summary>Returns when a power cut no longer takes anything that was written to the disk the folder is on.</summary>
    public static void Flush(string folder)
    {
        using var anchor = File.OpenHandle(Path.Combine(folder, ".disk"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        if (SyncFileSystem(anchor) != 0)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncFileSystem(SafeFileHandle file);
}
