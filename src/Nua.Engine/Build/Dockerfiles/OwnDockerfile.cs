using System.Text.RegularExpressions;

namespace Nua.Engine.Build.Dockerfiles;

/// <summary>A Dockerfile from a package.</summary>
/// <param name="Text">Its text, with a name given to its last stage when it had none.</param>
/// <param name="LastStage">The name of its last stage.</param>
internal sealed partial record OwnDockerfile(string Text, string LastStage)
{
    /// <summary>The images its stages begin from, as far as it names them itself.</summary>
    public IReadOnlyList<string> Images { get; private init; } = [];

    private int FirstStage { get; init; }

    /// <summary>It mounts a cache under a name that another build, or Nua's own, may mount it by.</summary>
    public bool BorrowsCache { get; private init; }

    /// <summary>Answers <see langword="null"/> when it builds from nothing.</summary>
    public static OwnDockerfile? Parse(string text)
    {
        // A syntax line makes the engine fetch another reader of Dockerfiles from a public registry before it reads on.
        var readable = SyntaxLine.Replace(text.ReplaceLineEndings("\n"), "").TrimEnd() + "\n";
        var instructions = DockerfileReading.Instructions(readable).ToList();
        var stages = instructions.Select(instruction => (instruction.Start, Match: FromLine.Match(instruction.Text)))
            .Where(stage => stage.Match.Success)
            .ToList();
        if (stages.Count == 0)
        {
            return null;
        }

        const string Name = "nua-app";
        var last = stages[^1];
        var own = last.Match.Groups["name"] is { Success: true } name
            ? new OwnDockerfile(readable, name.Value)
            : new OwnDockerfile(readable.Insert(last.Start + last.Match.Length, $" AS {Name}"), Name);
        return own with
        {
            FirstStage = stages[0].Start,
            Images = ImagesOf([.. stages.Select(stage => stage.Match)]),
            BorrowsCache = Borrows(readable),
        };
    }

    /// <summary>The text with a build argument that stages may begin from.</summary>
    public string WithArgument(string name) => Text.Insert(FirstStage, $"ARG {name}\n");

    private static IReadOnlyList<string> ImagesOf(IReadOnlyList<Match> stages)
    {
        var names = stages.Select(stage => stage.Groups["name"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. stages
                .Select(stage => stage.Groups["image"].Value)
                .Where(image => !image.Contains('$') && image != "scratch" && !names.Contains(image))
                .Distinct(),
        ];
    }

    // Quotes, escapes and remarks are read away as an engine does, and lines are joined. What heredocs feed counts too: what is
    // none to the engine would hide a mount.
    private static bool Borrows(string text)
    {
        var plain = Decoration.Replace(Remark.Replace(text, ""), "");
        return CacheMount.Matches(plain).Any(mount =>
            mount.Groups["id"].Value.Contains('$') || mount.Groups["id"].Value.Contains("nua-", StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^\s*#\s*syntax\s*=.*\n", RegexOptions.IgnoreCase | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SyntaxLine { get; }

    [GeneratedRegex(@"^[ \t]*(#.*)?\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Remark { get; }

    // FROM, perhaps options, an image, perhaps AS and a name; a backslash carries on to the next line.
    [GeneratedRegex(
        @"^[ \t]*FROM(?:[ \t]|[\\`][ \t]*\n)+(?:--\S+(?:[ \t]|[\\`][ \t]*\n)+)*(?<image>[^\s\\]+)(?:(?:[ \t]|[\\`][ \t]*\n)+AS(?:[ \t]|[\\`][ \t]*\n)+(?<name>[^\s\\]+))?",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FromLine { get; }

    [GeneratedRegex(@"[\\`][ \t]*\n|[\\`""']", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Decoration { get; }

    [GeneratedRegex(@"--mount=(?:[^\s,]*,)*id=(?<id>[^\s,]*)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CacheMount { get; }
}
