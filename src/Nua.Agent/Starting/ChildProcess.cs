using System.Runtime.InteropServices;

namespace Nua.Agent.Starting;

/// <summary>
/// Starts programs without <see cref="System.Diagnostics.Process"/>, which would collect exit codes behind the back of
/// a first process that must collect all of them.
/// </summary>
internal static unsafe class ChildProcess
{
    private const short ResetSignals = 0x04 | 0x08;

    /// <summary>Answers with its id; or 0, and the number of the error.</summary>
    public static int Start(IReadOnlyList<string> arguments, IReadOnlyList<string> environment, out int error)
    {
        // Both are opaque; these are larger than any Linux C library's.
        var roomForAttributes = stackalloc ulong[64];
        var roomForSignals = stackalloc ulong[16];
        var attributes = (byte*)roomForAttributes;
        var signals = (byte*)roomForSignals;
        var argv = NativeList(arguments);
        var envp = NativeList(environment);

        // This runtime ignores and catches signals; what it starts shall meet them as usual.
        _ = Libc.InitAttributes(attributes);
        _ = Libc.SetFlags(attributes, ResetSignals);
        _ = Libc.EmptySignals(signals);
        _ = Libc.SetBlockedSignals(attributes, signals);
        _ = Libc.FillSignals(signals);
        _ = Libc.SetDefaultSignals(attributes, signals);

        error = Libc.Spawn(out var pid, arguments[0], fileActions: 0, attributes, argv, envp);

        _ = Libc.DestroyAttributes(attributes);
        Free(argv);
        Free(envp);
        return error == 0 ? pid : 0;
    }

    /// <summary>What a shell reports for a wait status: the exit code, or 128 and the signal that ended it.</summary>
    public static int ExitCodeOf(int status)
    {
        var signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    /// <summary>A list of texts as the C library takes it; whoever asks for one frees it, or becomes another program.</summary>
    public static nint* NativeList(IReadOnlyList<string> texts)
    {
        var list = (nint*)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(nint));
        for (var at = 0; at < texts.Count; at++)
        {
            list[at] = Marshal.StringToCoTaskMemUTF8(texts[at]);
        }

        return list;
    }

    private static void Free(nint* list)
    {
        for (var at = 0; list[at] != 0; at++)
        {
            Marshal.FreeCoTaskMem(list[at]);
        }

        NativeMemory.Free(list);
    }
}
