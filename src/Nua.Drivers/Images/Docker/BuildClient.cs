using Nua.Core.Problems;
using Nua.Drivers.Processes;

namespace Nua.Drivers.Images.Docker;

/// <summary>
/// The docker command that can use BuildKit. A machine may have several, and the first on the path may lack buildx, so each
/// is asked.
/// </summary>
internal sealed class BuildClient
{
    public static readonly IReadOnlyDictionary<string, string> WithBuildKit = new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = "1" };

    private readonly Lazy<Task<string>> _program = new(FindAsync);

    /// <exception cref="NuaException"><c>image.no-builder</c></exception>
    public Task<string> ProgramAsync() => _program.Value;

    private static async Task<string> FindAsync()
    {
        var candidates = HostProcess.Find("docker").ToList();
        foreach (var candidate in candidates)
        {
            if (await KnowsBuildSecretsAsync(candidate))
            {
                return candidate;
            }
        }

        throw new NuaException(ImageProblems.NoBuilder(candidates));
    }

    // Only BuildKit has build secrets, and a command that lacks its part of BuildKit says so instead of helping.
    private static async Task<bool> KnowsBuildSecretsAsync(string program)
    {
        var secrets = false;
        var help = new HostCommand(program, "build", "--help") { Environment = WithBuildKit };
        var exitCode = await HostProcess.RunAsync(
            help, line => secrets |= line.Contains("--secret", StringComparison.Ordinal), CancellationToken.None);
        return exitCode == 0 && secrets;
    }
}
