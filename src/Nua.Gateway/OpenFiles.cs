using System.Runtime.InteropServices;

namespace Nua.Gateway;

/// <summary>How many files the process may have open. A natively compiled program is left with the soft limit, often 1024.</summary>
internal static partial class OpenFiles
{
    private const int NumberOfFiles = 7;

    /// <summary>Raises the limit to what the system lets this process have. A refusal leaves it as it is.</summary>
    public static void RaiseLimit()
    {
        if (Get(NumberOfFiles, out var limit) == 0 && limit.Soft < limit.Hard)
        {
            limit.Soft = limit.Hard;
            _ = Set(NumberOfFiles, in limit);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Get(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
