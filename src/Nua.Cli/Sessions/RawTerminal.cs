using System.Runtime.InteropServices;
using Nua.Api;

namespace Nua.Cli.Sessions;

/// <summary>
/// The terminal of this process, letting every key through: the terminal of the command, at the other end, makes of them what
/// terminals make. As before when it is disposed of.
/// </summary>
internal sealed partial class RawTerminal : IDisposable
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int WhenWritten = 1;
    private const nuint GetWindowSize = 0x5413;

    // More than any C library needs for it.
    private const int OpaqueSize = 256;

    private readonly byte[] _before;

    private RawTerminal(byte[] before) => _before = before;

    /// <summary><see langword="null"/>: there is no terminal.</summary>
    public static RawTerminal? Enter()
    {
        var before = new byte[OpaqueSize];
        if (GetAttributes(StandardInput, before) != 0)
        {
            return null;
        }

        var raw = before.ToArray();
        MakeRaw(raw);
        _ = SetAttributes(StandardInput, WhenWritten, raw);
        return new RawTerminal(before);
    }

    /// <summary>The size of the terminal; a usual one when it does not know its own.</summary>
    public static TerminalView Size()
    {
        // Rows, columns, and two that nobody uses.
        Span<ushort> size = stackalloc ushort[4];
        return Control(StandardOutput, GetWindowSize, size) == 0 && size is [> 0, > 0, ..]
            ? new TerminalView(size[1], size[0])
            : new TerminalView(80, 24);
    }

    public void Dispose() => _ = SetAttributes(StandardInput, WhenWritten, _before);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetAttributes(int descriptor, Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAttributes(int descriptor, int when, Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void MakeRaw(Span<byte> attributes);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, nuint request, Span<ushort> size);
}
