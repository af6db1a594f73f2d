using System.Text.RegularExpressions;

namespace Nua.Engine.Build.Dockerfiles;

/// <summary>Finds the instructions of a Dockerfile: a line need not begin one.</summary>
internal static partial class DockerfileReading
{
    /// <param name="Start">Where it begins in the text.</param>
    /// <param name="Text">All of its lines, without what it is fed from heredocs.</param>
    public readonly record struct Instruction(int Start, string Text);

    /// <param name="text">With <c>\n</c> at the end of each line.</param>
    public static IEnumerable<Instruction> Instructions(string text)
    {
        var escape = EscapeLine.Match(text) is { Success: true } line ? line.Groups["sign"].Value[0] : '\\';
        for (var at = 0; at < text.Length;)
        {
            var end = EndOf(text, at, escape);
            var instruction = new Instruction(at, text[at..end]);
            at = AfterHeredocs(text, end, instruction.Text);
            if (!IsRemark(instruction.Text))
            {
                yield return instruction;
            }
        }
    }

    /// <summary>The end of the lines that the escape sign joins. Remarks among them do not end them.</summary>
    private static int EndOf(string text, int start, char escape)
    {
        var at = start;
        var joins = false;
        do
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            var line = text[at..end];
            joins = (joins && IsRemark(line)) || (!IsRemark(line) && line.TrimEnd().EndsWith(escape));
            at = end;
        }
        while (joins && at < text.Length);

        return at;
    }

    private static int AfterHeredocs(string text, int start, string instruction)
    {
        var at = start;
        if (!TakesHeredocs.IsMatch(instruction))
        {
            return at;
        }

        foreach (var heredoc in Heredoc.Matches(instruction).Where(match => match.Groups["word"].Success))
        {
            at = AfterHeredoc(text, at, heredoc.Groups["word"].Value, mayBeIndented: heredoc.Groups["tabs"].Success) ?? at;
        }

        return at;
    }

    // One that never ends is none.
    private static int? AfterHeredoc(string text, int start, string word, bool mayBeIndented)
    {
        for (var at = start; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            var line = text[at..end].TrimEnd('\n');
            if ((mayBeIndented ? line.TrimStart('\t') : line) == word)
            {
                return end;
            }

            at = end;
        }

        return null;
    }

    private static bool IsRemark(string line) => line.AsSpan().TrimStart() is [] or ['#', ..];

    [GeneratedRegex(@"^\s*#\s*escape\s*=\s*(?<sign>[\\`])", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapeLine { get; }

    [GeneratedRegex(@"^\s*(ONBUILD\s+)?(RUN|COPY|ADD)\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TakesHeredocs { get; }

    // Whatever is quoted is passed over, so what is found begins a word of its own.
    [GeneratedRegex(
        @"(?<!\S)\d*<<(?<tabs>-)?(?<quote>[""']?)(?<word>[^\s""'<\\]+)\k<quote>(?!\S)|""(?:\\.|[^""\\])*""|'[^']*'|\\.",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heredoc { get; }
}
