using System.Text.RegularExpressions;
using Nua.Core.Problems;

namespace Nua.Engine.Build;

/// <summary>Reads from the end of a build's log what a packager has to mend.</summary>
internal static partial class BuildFailure
{
    /// <summary>The stage that runs smoke tests, as builders of images show it.</summary>
    private const string TestStage = "[tested ";

    /// <summary><see langword="null"/>: it is no failure of the build itself.</summary>
    public static Problem? Explain(Problem failure, string reference)
    {
        if (failure.Code != "image.build-failed")
        {
            return null;
        }

        var log = failure.Details;
        if (log.Select(TooOld).FirstOrDefault(problem => problem is not null) is { } tooOld)
        {
            return tooOld with { Details = log };
        }

        return log.Select(Missing).OfType<(string, string)>().FirstOrDefault() switch
        {
            (string what, string name) => BuildProblems.PackageMissing(what, name, log),
            _ when failure.Message.Contains(TestStage, StringComparison.Ordinal) => BuildProblems.TestFailed(reference, StepOf(failure), log),
            _ when BuildScript.Match(failure.Message) is { Success: true } script =>
                BuildProblems.ScriptFailed(reference, script.Groups["path"].Value, log),
            _ => BuildProblems.CommandFailed(reference, StepOf(failure), log),
        };
    }

    private static (string What, string Name)? Missing(string line) =>
        NameIn(NoDistributionPackage, line) is { } package ? (BuildProblems.DistributionPackage, package)
        : NameIn(NoNpmPackage, line) is { } module ? ("npm package", module)
        : NameIn(NoPythonPackage, line) is { } python ? ("Python package", python)
        : NameIn(NoGoModule, line) is { } goModule ? ("Go module", goModule)
        : NameIn(NoMavenArtifact, line) is { } artifact ? ("Maven artifact", artifact)
        : NameIn(NoCrate, line) is { } crate ? ("crate", crate)
        : null;

    private static Problem? TooOld(string line) => OtherVersion.Match(line) is { Success: true } match
        ? BuildProblems.VersionUnavailable(
            match.Groups["builder"].Value, match.Groups["wanted"].Value, $"{match.Groups["there"].Value}, the distribution's own")
        : null;

    private static string? NameIn(Regex pattern, string line) =>
        pattern.Match(line) is { Success: true } match ? match.Groups["name"].Value : null;

    // As the packager wrote it: without the place in brackets before it, and the mounts and the shell of our own making.
    private static string StepOf(Problem failure)
    {
        var step = Instruction.Match(failure.Message) is { Success: true } match ? match.Groups["step"].Value : failure.Message;
        var command = Mount.Replace(step, "").Trim();
        return ShellList.Match(command) is { Success: true } list ? Regex.Unescape(list.Groups["line"].Value).Trim() : command;
    }

    [GeneratedRegex(@"Unable to locate package (?<name>\S+)|Package '?(?<name>[^\s']+)'? has no installation candidate|Version '[^']+' for '(?<name>[^']+)' was not found", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoDistributionPackage { get; }

    [GeneratedRegex(@"404\s+'(?<name>[^']+)' is not in this registry|No matching version found for (?<name>\S+?)\.?$|404 Not Found - GET \S+/(?<name>[^/\s]+) - Not found", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoNpmPackage { get; }

    [GeneratedRegex(@"No matching distribution found for (?<name>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoPythonPackage { get; }

    [GeneratedRegex(@"^go: (?:downloading )?(?<name>\S+@\S+?):? (?:Get|reading|invalid version|unknown revision|unrecognized import path|module lookup disabled)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoGoModule { get; }

    [GeneratedRegex(@"Could not (?:find|transfer) artifact (?<name>[^\s:]+:\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoMavenArtifact { get; }

    [GeneratedRegex(@"^error: (?:no matching package named|failed to select a version for the requirement) `(?<name>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoCrate { get; }

    [GeneratedRegex(@"nua: (?<builder>\w+) (?<wanted>\S+) is wanted, (?<there>\S+) is there", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherVersion { get; }

    [GeneratedRegex(@"/build-script\.sh (?<path>(?:nua/)?build\.(?:py|sh))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BuildScript { get; }

    [GeneratedRegex(@"\[[^\]]+ \d+/\d+\] (?:RUN )?(?<step>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instruction { get; }

    [GeneratedRegex("""^\[(?:"/usr/local/bin/nua-agent", "sbom", .*?"--", )?"/bin/(?:ba)?sh", "-e", (?:"-o", "pipefail", )?"-c", "(?<line>.*)"\]$""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellList { get; }

    [GeneratedRegex(@"--mount=\S+\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mount { get; }
}
