using System.Text.RegularExpressions;

namespace Nua.Drivers.Images.Docker;

/// <summary>
/// Reads BuildKit's plain progress: <c>#5 [2/3] RUN make</c> names a step, <c>#5 0.729 text</c> is what it writes,
/// <c>#5 ERROR: …</c> is how it ended. What speaks of BuildKit rather than of the build is dropped.
/// </summary>
internal sealed partial class BuildLog
{
    private const int LastLines = 20;

    private readonly Dictionary<string, string> _titles = [];
    private readonly Dictionary<string, Queue<string>> _output = [];
    private readonly Queue<string> _outside = [];
    private string? _failed;

    /// <summary>Whether the step that failed was killed, which is what a kernel does that is short of memory.</summary>
    public bool WasKilled { get; private set; }

    /// <summary>Where it failed, as the Dockerfile says it.</summary>
    public string FailedStep => _failed is not null && _titles.TryGetValue(_failed, out var title) ? title : "the Dockerfile";

    /// <summary>What the step that failed wrote last; without such a step, what the builder said last.</summary>
    public IReadOnlyList<string> End =>
        _failed is not null && _output.TryGetValue(_failed, out var lines) ? [.. lines] : [.. _outside];

    /// <summary>Takes a line, and answers with what of it a reader of the build wants to see, if anything.</summary>
    public string? Add(string line)
    {
        if (Line.Match(line) is not { Success: true } match)
        {
            Keep(_outside, line);
            return null;
        }

        var (step, text) = (match.Groups["step"].Value, match.Groups["text"].Value);
        // What a program writes bears a time; pip and others begin their lines with the same word.
        if (!match.Groups["time"].Success && text.StartsWith("ERROR", StringComparison.Ordinal))
        {
            _failed ??= step;
            WasKilled |= text.EndsWith("exit code: 137", StringComparison.Ordinal);
            Keep(_outside, text);
            return text;
        }

        return match.Groups["time"].Success ? Written(step, text) : Named(step, text);
    }

    private string Written(string step, string text)
    {
        if (!_output.TryGetValue(step, out var lines))
        {
            _output[step] = lines = [];
        }

        Keep(lines, text);
        return text;
    }

    private string? Named(string step, string text)
    {
        if (!text.StartsWith('[') || text.StartsWith("[internal]", StringComparison.Ordinal))
        {
            return null;
        }

        // A long build repeats the name whenever it comes back to the step.
        var isNew = _titles.TryAdd(step, text);
        return isNew ? text : null;
    }

    private static void Keep(Queue<string> lines, string line)
    {
        if (string.IsNullOrWhiteSpace(line) || line.All(mark => mark == '-') || line.StartsWith(" > [", StringComparison.Ordinal))
        {
            return;
        }

        lines.Enqueue(line.TrimEnd());
        if (lines.Count > LastLines)
        {
            lines.Dequeue();
        }
    }

    [GeneratedRegex(@"^#(?<step>\d+) ((?<time>\d+\.\d+) )?(?<text>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line { get; }
}
