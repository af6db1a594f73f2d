using System.Text;

namespace Nua.Tests.Core.Packages;

/// <summary>Makes broken configs from sound ones, as cats on keyboards, cut connections and hurried editors do.</summary>
/// <param name="random">Where the mutations come from: one seed, one sequence of files.</param>
/// <param name="samples">The sound texts of each format.</param>
internal sealed class ConfigMutation(Random random, IReadOnlyDictionary<string, IReadOnlyList<string>> samples)
{
    private const int DeepestNesting = 3000;

    private static readonly string[] Tokens =
    [
        "[", "]", "[[", "]]", "{", "}", "=", ":", ",", "\"", "'", "\"\"\"", "\n", "\t", "- ", "#", "&a ", "*a", "<<: *a", "!!str ", "? ", "|", ">",
        "\0", "\\u0000", "\\ud800", "\uFEFF", "𝄞", "null", "true", "nan", "1e999", "-1", "0", "99999999999999999999", "1.10", "2020-01-01", ".",
        "[metadata]", "[[volume]]", "[port.web]", "version", "name", "___", "{version}", "{{", "}}", "host = \"auto\"", "type = \"volume\"",
    ];

    /// <summary>A file that differs from the sample it was made from.</summary>
    public (string File, byte[] Bytes) Next()
    {
        var format = Pick(ConfigSamples.Formats);
        var sample = Pick(samples[format]);
        var text = sample;
        while (text == sample)
        {
            text = Several(text, samples[format]);
        }

        // Now and then a text under the wrong ending: everybody renames files.
        var file = $"a.{(random.Next(50) == 0 ? Pick(ConfigSamples.Formats) : format)}";
        return (file, random.Next(5) == 0 ? FlipBit(Encoding.UTF8.GetBytes(text)) : Encoding.UTF8.GetBytes(text));
    }

    private string Several(string text, IReadOnlyList<string> others)
    {
        // One change leaves most of a file sound, so that more of the reader is reached.
        for (var left = random.Next(3) == 0 ? 3 : 1; left > 0; left--)
        {
            text = Change(text, others);
        }

        return text;
    }

    private string Change(string text, IReadOnlyList<string> others) => random.Next(9) switch
    {
        0 => ChangeSign(text),
        1 => SwapLines(text),
        2 => text[..Position(text)],
        3 => text.Insert(Position(text), Pick(Tokens)),
        4 => RepeatLine(text),
        5 => DropLine(text),
        6 => text.Insert(Position(text), string.Concat(Enumerable.Repeat(Pick(Tokens), random.Next(2, DeepestNesting)))),
        7 => ReplaceValue(text),
        _ => text + Pick(others),
    };

    private string ChangeSign(string text)
    {
        var at = Position(text);
        return at == text.Length ? text : $"{text[..at]}{(char)random.Next(1, 0x3000)}{text[(at + 1)..]}";
    }

    /// <summary>What a disk or a wrong encoding does, and no editor: it may be UTF-8 no longer.</summary>
    private byte[] FlipBit(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
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
