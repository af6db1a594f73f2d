using System.Text;

namespace Nua.Tests.Core.Packages;

/// <summary>Makes broken configs from sound ones, as cats on keyboards, cut connections and hurried editors do.</summary>
internal sealed class ConfigMutation(Random random, IReadOnlyList<(string File, string Text)> samples)
{
    private const int DeepestNesting = 3000;

    private static readonly string[] Tokens =
    [
        "[", "]", "[[", "]]", "{", "}", "=", ":", ",", "\"", "'", "\"\"\"", "\n", "\t", "- ", "#", "&a ", "*a", "<<: *a", "!!str ", "? ", "|", ">",
        "\0", "\\u0000", "\\ud800", "\uFEFF", "𝄞", "null", "true", "nan", "1e999", "-1", "0", "99999999999999999999", "1.10", "2020-01-01", ".",
        "[metadata]", "[[volume]]", "[port.web]", "version", "name", "___", "{version}", "{{", "}}", "host = \"auto\"", "type = \"volume\"",
    ];

    public (string File, string Text) Next()
    {
        var (file, text) = Pick(samples);
        for (var left = random.Next(0, 4); left > 0; left--)
        {
            text = Change(text);
        }

        // Now and then a text under the wrong ending: everybody renames files.
        return (random.Next(50) == 0 ? Pick(samples).File : file, text);
    }

    private string Change(string text) => random.Next(9) switch
    {
        0 => FlipByte(text),
        1 => SwapLines(text),
        2 => text[..Position(text)],
        3 => text.Insert(Position(text), Pick(Tokens)),
        4 => RepeatLine(text),
        5 => DropLine(text),
        6 => text.Insert(Position(text), string.Concat(Enumerable.Repeat(Pick(Tokens), random.Next(2, DeepestNesting)))),
        7 => ReplaceValue(text),
        _ => text + Pick(samples).Text,
    };

    private string FlipByte(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length == 0)
        {
            return text;
        }

        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    private string SwapLines(string text)
    {
        var lines = text.Split('\n');
        var (one, other) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return string.Join('\n', lines);
    }

    private string RepeatLine(string text)
    {
        var lines = text.Split('\n').ToList();
        lines.Insert(random.Next(lines.Count), Pick(lines));
        return string.Join('\n', lines);
    }

    private string DropLine(string text)
    {
        var lines = text.Split('\n').ToList();
        lines.RemoveAt(random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    /// <summary>Puts something else after a <c>=</c> or a <c>:</c>: files that can be read, and say nonsense.</summary>
    private string ReplaceValue(string text)
    {
        var lines = text.Split('\n');
        var line = random.Next(lines.Length);
        var cut = lines[line].IndexOfAny(['=', ':']);
        if (cut >= 0)
        {
            lines[line] = $"{lines[line][..(cut + 1)]} {Pick(Values)}";
        }

        return string.Join('\n', lines);
    }

    private static readonly string[] Values =
        ["[]", "{}", "\"\"", "\"x\"", "0", "-1", "1.5", "true", "[1, \"a\"]", "[[1]]", "{ a = 1 }", "{\"a\": 1},", "\"80\"", "2020-01-01", "65536", "\"6h\"", "nan"];

    private int Position(string text) => random.Next(text.Length + 1);

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
