using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nua.Drivers.Processes;

/// <summary>Runs programs of this machine.</summary>
internal static partial class HostProcess
{
    private const int Terminate = 15;

    /// <summary>What a cancelled program has to put its things in order.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>What reading on may take when the program has ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program to its end; each line of both its streams goes to <paramref name="log"/>, one at a time.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(HostCommand command, Action<string> log, CancellationToken cancellation)
    {
        using var process = Start(command);
        var writing = new Lock();
        var reading = Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));
        await EndAsync(process, cancellation);
        await FinishAsync(reading);
        return Outcome(process, cancellation);

        async Task CopyAsync(StreamReader stream)
        {
            while (await stream.ReadLineAsync(CancellationToken.None) is { } line)
            {
                lock (writing)
                {
                    log(line);
                }
            }
        }
    }

    /// <summary>Runs a program whose standard output is the answer; <paramref name="read"/> gets it while it comes.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> PipeAsync(HostCommand command, Func<Stream, Task> read, CancellationToken cancellation)
    {
        using var process = Start(command);
        var complaints = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await read(process.StandardOutput.BaseStream);
        }
        catch
        {
            // Nobody reads on, so it would wait for ever.
            process.Kill(entireProcessTree: true);
            throw;
        }

        await EndAsync(process, cancellation);
        await FinishAsync(complaints);
        return Outcome(process, cancellation);
    }

    /// <summary>The programs of that name on this machine's path, each once, in the path's order.</summary>
    public static IEnumerable<string> Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .Where(File.Exists)
            .DistinctBy(path => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path);

    private static Process Start(HostCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    // What ended well before the cancellation reached it is done.
    private static int Outcome(Process process, CancellationToken cancellation)
    {
        if (process.ExitCode != 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return process.ExitCode;
    }

    /// <summary>What the program wrote is read soon after its end; what it left running may hold its streams for ever.</summary>
    private static async Task FinishAsync(Task reading)
    {
        if (await Task.WhenAny(reading, Task.Delay(LastWords, CancellationToken.None)) == reading)
        {
            await reading;
        }
    }

    /// <summary>Waits for the end; on cancellation asks for it, and after a while enforces it.</summary>
    private static async Task EndAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            _ = Kill(process.Id, Terminate);
            using var patience = new CancellationTokenSource(Grace);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
