using System.CommandLine.Parsing;
using System.Globalization;

namespace Nua.Cli;

/// <summary>Reads <c>90s</c>, <c>10m</c>, <c>2h</c>, <c>3d</c>.</summary>
internal static class Durations
{
    /// <summary>Longer than anything Nua keeps, and short enough to count back from today.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    public static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (TryParse(text) is { } time)
        {
            return time;
        }

        argument.AddError($"'{text}' is no length of time: write 90s, 10m, 2h or 3d.");
        return null;
    }

    public static TimeSpan? TryParse(string text)
    {
        if (text.Length < 2 || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        double? seconds = text[^1] switch
        {
            's' => number,
            'm' => number * 60,
            'h' => number * 3600,
            'd' => number * 86_400,
            _ => null,
        };
        return seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value) : null;
    }
}
