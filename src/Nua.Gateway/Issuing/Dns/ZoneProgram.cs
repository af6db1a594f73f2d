using System.ComponentModel;
using System.Diagnostics;

namespace Nua.Gateway.Issuing.Dns;

/// <summary>A program that changes a zone: it is given its arguments, perhaps something to read, and a time.</summary>
internal sealed record ZoneProgram(string File, IReadOnlyList<string> Arguments)
{
    private const int MostOfItsWords = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What it reads.</summary>
    public string Input { get; init; } = "";

    /// <summary>What is added to its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What to do when there is no such program.</summary>
    public required string IfMissing { get; init; }

    /// <exception cref="UnprovenException">There is none, it failed, or it took too long.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var process = Start();
        try
        {
            var words = Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await TellAsync(process);
            await process.WaitForExitAsync(patience.Token);
            if (process.ExitCode != 0)
            {
                throw new UnprovenException($"{Path.GetFileName(File)} ended with {process.ExitCode}: {LastOf(await words)}");
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UnprovenException($"{Path.GetFileName(File)} did not end within {Patience.TotalMinutes:0} minutes");
        }
        finally
        {
            End(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(File, Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new UnprovenException($"{File} cannot be run ({missing.Message}): {IfMissing}", missing);
        }
    }

    private async Task TellAsync(Process process)
    {
        try
        {
            await process.StandardInput.WriteAsync(Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It wants to read nothing; its exit code says the rest.
        }
    }

    private static string LastOf(string[] words)
    {
        var said = words.Reverse().Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0) ?? "it said nothing";
        return said.Length > MostOfItsWords ? said[^MostOfItsWords..] : said;
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
