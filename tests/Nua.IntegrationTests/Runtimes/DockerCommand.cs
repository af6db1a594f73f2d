using System.Diagnostics;

namespace Nua.IntegrationTests.Runtimes;

/// <summary>The docker command line: the second opinion on what a driver did.</summary>
internal static class DockerCommand
{
    public const string Socket = "/var/run/docker.sock";

    public static async Task<(int ExitCode, string Output)> TryAsync(params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("docker", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    public static async Task<string> RunAsync(params IReadOnlyList<string> arguments)
    {
        var (exitCode, output) = await TryAsync(arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"docker {arguments[0]} ended with {exitCode}: {output}");
    }
}
