using System.Text;
using System.Text.RegularExpressions;

namespace Nua.Drivers.Images.Docker;

/// <summary>
/// Labels at the end of a Dockerfile, where they cost no step its cache. On the command line, a long one is more than an argument
/// may hold, and everybody on the machine can read it.
/// </summary>
internal static partial class LabelLines
{
    /// <summary>Engines read lines of at most 64 KB.</summary>
    private const int LongestLine = 16_000;

    public static string AddTo(string dockerfile, IReadOnlyDictionary<string, string> labels)
    {
        var escape = EscapeLine.Match(dockerfile) is { Success: true } line ? line.Groups["sign"].Value[0] : '\\';
        var text = new StringBuilder(dockerfile.TrimEnd('\n')).Append('\n');
        foreach (var (name, value) in labels)
        {
            text.Append("LABEL ").Append(name).Append("=\"");
            AppendBroken(text, value, escape);
            text.Append("\"\n");
        }

        return text.ToString();
    }

    // A line may go on in the next only before a letter or a digit, as a '#' there would begin a remark, and not after an escape
    // sign: engines take two of them at the end of a line for none that continues it.
    private static void AppendBroken(StringBuilder text, string value, char escape)
    {
        var length = 0;
        var last = ' ';
        foreach (var sign in value)
        {
            if (length > LongestLine && char.IsAsciiLetterOrDigit(sign) && last != escape)
            {
                text.Append(escape).Append('\n');
                length = 0;
            }

            if (sign == '"' || sign == '$' || sign == escape)
            {
                text.Append(escape);
            }

            // A Dockerfile has no way to say a line break.
            text.Append(char.IsControl(sign) ? ' ' : sign);
            length++;
            last = sign;
        }
    }

    [GeneratedRegex(@"\A(\s*#[^\n]*\n)*?\s*#\s*escape\s*=\s*(?<sign>[\\`])", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapeLine { get; }
}
