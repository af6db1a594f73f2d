using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Nua.Api.Programs;

/// <summary>One of Nua's own programs. They lie side by side in one folder.</summary>
/// <param name="Name">Such as <c>nua-server</c>.</param>
public sealed record NuaProgram(string Name)
{
    private const int ReadOnly = 0;
    private const int WriteOnlyCreateAppend = 0x441;
    private const uint OwnerOnly = 0x180;

    public static NuaProgram Server { get; } = new("nua-server");

    public static NuaProgram Gateway { get; } = new("nua-gateway");

    public static string Folder => AppContext.BaseDirectory;

    public string Path => System.IO.Path.Combine(Folder, Name);

    public bool IsInstalled => File.Exists(Path);

    /// <summary>This process becomes the program: same process id, same terminal, same environment. Returns only by throwing.</summary>
    public void Become(params IReadOnlyList<string> arguments)
    {
        _ = Posix.Execute(Path, [Path, .. arguments, null]);
        throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>
    /// Starts the program in a session of its own: it outlives this one, reads nothing, and what it says is appended to the log.
    /// </summary>
    public RunningProgram StartDetached(string log, params IReadOnlyList<string> arguments)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(log)!);
        return new RunningProgram(Spawn(log, [Path, .. arguments, null]));
    }

    private unsafe int Spawn(string log, string?[] arguments)
    {
        var actions = stackalloc byte[Posix.OpaqueSize];
        var attributes = stackalloc byte[Posix.OpaqueSize];
        Check(Posix.InitActions(actions));
        Check(Posix.InitAttributes(attributes));
        try
        {
            Check(Posix.AddOpen(actions, 0, "/dev/null", ReadOnly, 0));
            Check(Posix.AddOpen(actions, 1, log, WriteOnlyCreateAppend, OwnerOnly));
            Check(Posix.AddDuplicate(actions, 1, 2));
            Check(Posix.SetFlags(attributes, Posix.NewSession));
            Check(Posix.Spawn(out var pid, Path, actions, attributes, arguments, EnvironmentBlock()));
            return pid;
        }
        finally
        {
            _ = Posix.DestroyAttributes(attributes);
            _ = Posix.DestroyActions(actions);
        }
    }

    private static string?[] EnvironmentBlock() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(one => $"{one.Key}={one.Value}"), null];

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }
}
