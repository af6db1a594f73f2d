using System.CommandLine.Parsing;
using System.Globalization;

namespace Nua.Cli;

/// <summary>Reads <c>90s</c>, <c>10m</c>, <c>2h</c>, <c>3d</c>.</summary>
internal static class Durations
{
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

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
