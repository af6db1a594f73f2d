using System.Globalization;
using System.Text.RegularExpressions;

namespace Nua.Core.Quantities;

/// <summary>Lengths of time as people write them: <c>"6h"</c>, <c>"30 min"</c>, <c>"500ms"</c>; a bare number counts seconds.</summary>
public static partial class Duration
{
    /// <summary>Longer than anything that is ever scheduled, and short enough to add to a date.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    private static readonly (double Seconds, string[] Words)[] Units =
    [
        (0.001, ["ms"]),
        (1, ["", "s", "sec", "second", "seconds"]),
        (60, ["m", "min", "minute", "minutes"]),
        (3600, ["h", "hour", "hours", "hourly"]),
        (86_400, ["d", "day", "days", "daily"]),
        (604_800, ["w", "week", "weeks", "weekly"]),
    ];

    /// <summary>Absent and empty mean no time at all.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var match = Amount.Match(text.Trim());
        var word = match.Groups["unit"].Value.ToLowerInvariant();
        var unit = Units.FirstOrDefault(unit => unit.Words.Contains(word));
        return match.Success && unit.Words is not null && TryMeasure(match.Groups["number"].Value, unit.Seconds, out duration);
    }

    /// <summary>The shortest text that reads back as the same duration: <c>24h</c>, <c>7d</c>, <c>90s</c>.</summary>
    public static string Format(TimeSpan duration) => duration switch
    {
        { Ticks: 0 } => "0",
        { TotalDays: >= 2 } when duration.Ticks % TimeSpan.TicksPerDay == 0 => Write(duration.Days, "d"),
        _ when duration.Ticks % TimeSpan.TicksPerHour == 0 => Write(duration.TotalHours, "h"),
        _ when duration.Ticks % TimeSpan.TicksPerMinute == 0 => Write(duration.TotalMinutes, "min"),
        _ when duration.Ticks % TimeSpan.TicksPerSecond == 0 => Write(duration.TotalSeconds, "s"),
        _ => Write(duration.TotalMilliseconds, "ms"),
    };

    private static string Write(double amount, string unit) => amount.ToString("0.####", CultureInfo.InvariantCulture) + unit;

    private static bool TryMeasure(string number, double unitSeconds, out TimeSpan duration)
    {
        // "daily" is one day.
        var amount = number.Length == 0 ? 1 : double.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var seconds = amount * unitSeconds;
        duration = seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return seconds <= Longest.TotalSeconds;
    }

    [GeneratedRegex(
        @"^(?:(?<number>[0-9]{1,15}(?:\.[0-9]{1,6})?)\s?(?!hourly|daily|weekly)(?<unit>[a-z]{0,7})|(?<unit>hourly|daily|weekly))\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Amount { get; }
}
