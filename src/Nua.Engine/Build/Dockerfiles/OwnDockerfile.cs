using System.Text.RegularExpressions;

namespace Nua.Engine.Build.Dockerfiles;

/// <summary>A Dockerfile from a package.</summary>
/// <param name="Text">Its text, with a name given to its last stage when it had none.</param>
/// <param name="LastStage">The name of its last stage.</param>
internal sealed partial record OwnDockerfile(string Text, string LastStage)
{
    /// <summary>Answers <see langword="null"/> when it builds from nothing.</summary>
    public static OwnDockerfile? Parse(string text)
    {
        // A syntax line makes the engine fetch another reader of Dockerfiles from a public registry before it reads on.
        var readable = SyntaxLine.Replace(text.ReplaceLineEndings("\n"), "").TrimEnd() + "\n";
        if (FromLine.Matches(readable).LastOrDefault() is not { } last)
        {
            return null;
        }

        const string Name = "nua-app";
        return last.Groups["name"] is { Success: true } name
            ? new OwnDockerfile(readable, name.Value)
            : new OwnDockerfile(readable.Insert(last.Index + last.Length, $" AS {Name}"), Name);
    }

    [GeneratedRegex(@"^\s*#\s*syntax\s*=.*\n", RegexOptions.IgnoreCase | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SyntaxLine { get; }

    // FROM, perhaps options, an image, perhaps AS and a name; a backslash carries on to the next line.
    [GeneratedRegex(
        @"^[ \t]*FROM(?:[ \t]|\\\n)+(?:--\S+(?:[ \t]|\\\n)+)*(?<image>[^\s\\]+)(?:(?:[ \t]|\\\n)+AS(?:[ \t]|\\\n)+(?<name>[^\s\\]+))?",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FromLine { get; }
}
