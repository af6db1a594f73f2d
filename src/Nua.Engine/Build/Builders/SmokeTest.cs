using System.Text.RegularExpressions;
using Nua.Core.Starting;
using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>What must hold in a finished image whose package names no test.</summary>
internal static partial class SmokeTest
{
    /// <summary>The metadata is there, and so is the first program that will be started.</summary>
    public static IReadOnlyList<string> For(BuildInput input, StartFile start)
    {
        if (input.Build.Test.Count > 0)
        {
            return input.Build.Test;
        }

        var program = start.Before.Concat(start.Start).Take(1).Select(ProgramOf).OfType<string>();
        return [string.Join(" && ", program.Select(name => $"command -v {name}").Prepend($"test -f {ImagePaths.Config}"))];
    }

    public static Decision Explain(BuildInput input) => input.Build.Test.Count > 0
        ? new Decision("smoke test", string.Join("; ", input.Build.Test), "[build] test says so")
        : new Decision("smoke test", "the program to start is in the image", "[build] has no test");

    // Only a plain first word is certain to be a program; one with a path may come with a volume.
    private static string? ProgramOf(string line) =>
        FirstWord.Match(line) is { Success: true } match ? match.Groups["word"].Value : null;

    [GeneratedRegex(@"^\s{0,20}(?<word>[A-Za-z0-9_][A-Za-z0-9_.+-]{0,60})(?:\s|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstWord { get; }
}
