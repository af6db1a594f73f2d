using System.Diagnostics;

namespace Nua.AcceptanceTests;

/// <summary>How a program ended.</summary>
internal sealed record Outcome(string Line, int ExitCode, string Output, string Error)
{
    /// <summary>Both streams, for looking at when a test fails.</summary>
    public override string ToString() => $"$ {Line}\n(exit code {ExitCode})\n{Output}\n{Error}";
}

/// <summary>Runs programs as a user would.</summary>
internal static class Command
{
    public static async Task<Outcome> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new Outcome($"{program} {string.Join(' ', arguments)}", process.ExitCode, await output, await error);
    }

    /// <summary>Docker's own client: the witness that does not go through Nua.</summary>
    public static Task<Outcome> DockerAsync(CancellationToken cancellation, params IReadOnlyList<string> arguments) =>
        RunAsync("docker", arguments, new Dictionary<string, string>(), cancellation);
}
