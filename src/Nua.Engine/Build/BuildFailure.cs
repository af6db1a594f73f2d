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

    [GeneratedRegex(@"/build-script\.sh (?<path>(?:nua/)?build\.(?:py|sh))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BuildScript { get; }

    [GeneratedRegex(@"\[[^\]]+ \d+/\d+\] (?:RUN )?(?<step>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instruction { get; }

    [GeneratedRegex("""^\["/bin/(?:ba)?sh", "-e", (?:"-o", "pipefail", )?"-c", "(?<line>.*)"\]$""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellList { get; }

    [GeneratedRegex(@"--mount=\S+\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mount { get; }
}
