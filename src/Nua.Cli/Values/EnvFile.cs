using System.Text;
using Nua.Api;

namespace Nua.Cli.Values;

/// <summary>
/// Reads a file of <c>NAME=VALUE</c> lines. <c>export</c> before a name, empty lines and lines that begin with <c>#</c> are without
/// meaning. A value in single quotes is taken as it is; in double quotes <c>\"</c>, <c>\\</c> and <c>\$</c> stand for the sign itself;
/// one without quotes ends before <c> #</c>. Nothing else is replaced.
/// </summary>
internal static class EnvFile
{
    /// <exception cref="ApiException"><c>cli.bad-env-file</c>; what it says never holds a value</exception>
    public static IReadOnlyList<(string Name, string Value)> Read(string file, string text)
    {
        var values = new List<(string Name, string Value)>();
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (line.Trim() is { Length: > 0 } written && !written.StartsWith('#'))
            {
                values.Add(ReadLine(written) is var (name, value) ? (name, value) : throw new ApiException(CliProblems.BadEnvFile(file, index + 1)));
            }
        }

        return values;
    }

    private static (string Name, string Value)? ReadLine(string line)
    {
        var written = line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..].TrimStart() : line;
        return written.IndexOf('=') is > 0 and var end && ReadValue(written[(end + 1)..].TrimStart()) is { } value
            ? (written[..end].TrimEnd(), value)
            : null;
    }

    private static string? ReadValue(string text) => text switch
    {
        ['\'', ..] => text.IndexOf('\'', 1) is > 0 and var end && IsNothing(text[(end + 1)..]) ? text[1..end] : null,
        ['"', ..] => ReadQuoted(text),
        ['#', ..] => "",
        _ => text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var end ? text[..end].TrimEnd() : text,
    };

    private static string? ReadQuoted(string text)
    {
        var value = new StringBuilder();
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] is '"')
            {
                return IsNothing(text[(at + 1)..]) ? value.ToString() : null;
            }

            var escaped = text[at] is '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\' or '$';
            value.Append(text[escaped ? ++at : at]);
        }

        return null;
    }

    private static bool IsNothing(string rest) => rest.Trim() is "" or ['#', ..];
}
