using System.Text.RegularExpressions;

namespace Nua.Core.Detecting;

/// <summary>
/// The <c>Procfile</c> of platforms that run an app as several types of process: a line for each, <c>web: gunicorn shop:app</c>.
/// </summary>
/// <param name="Web">The command that serves; <see langword="null"/>: none does.</param>
/// <param name="Release">The command that readies a new version before it serves.</param>
/// <param name="Others">The names of all other types.</param>
public sealed partial record Procfile(string? Web, string? Release, IReadOnlyList<string> Others)
{
    /// <summary>Where it is in a source folder.</summary>
    public const string FileName = "Procfile";

    /// <summary>Reads its text. Of a type that is there twice, the last counts.</summary>
    public static Procfile Parse(string text)
    {
        var commands = new Dictionary<string, string>();
        foreach (Match line in Line.Matches(text.ReplaceLineEndings("\n")))
        {
            commands[line.Groups["type"].Value] = line.Groups["command"].Value.TrimEnd();
        }

        return new Procfile(
            commands.GetValueOrDefault("web"),
            commands.GetValueOrDefault("release"),
            [.. commands.Keys.Where(type => type is not ("web" or "release"))]);
    }

    [GeneratedRegex(@"^(?<type>[A-Za-z0-9_-]{1,63}):[ \t]*(?<command>[^\s].*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line { get; }
}

/// <summary>A source tree whose <c>Procfile</c> says what serves, in whatever language it is.</summary>
internal sealed class ProcfileRule : IDetectionRule
{
    public Detection? Apply(SourceTree tree) => Procfile.Parse(tree.Text(Procfile.FileName)) is { Web: { } web }
        ? new Detection(Languages.Procfile, $"{Procfile.FileName} says what serves", [Procfile.FileName], web)
        : null;
}
