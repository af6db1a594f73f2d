using System.Globalization;
using System.Text.RegularExpressions;

namespace Nua.Core.Quantities;

/// <summary>Lengths of time as people write them: <c>"6h"</c>, <c>"30 min"</c>, <c>"500ms"</c>; a bare number counts seconds.</summary>
public static partial class Duration
{
    /// <summary>Longer than anything that is ever scheduled, and short enough to add to a date.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    private static readonly Dictionary<string, double> SecondsOf = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ms"] = 0.001,
        [""] = 1, ["s"] = 1, ["sec"] = 1, ["second"] = 1, ["seconds"] = 1,
        ["m"] = 60, ["min"] = 60, ["minute"] = 60, ["minutes"] = 60,
        ["h"] = 3600, ["hour"] = 3600, ["hours"] = 3600, ["hourly"] = 3600,
        ["d"] = 86_400, ["day"] = 86_400, ["days"] = 86_400, ["daily"] = 86_400,
        ["w"] = 604_800, ["week"] = 604_800, ["weeks"] = 604_800, ["weekly"] = 604_800,
    };

    /// <summary>Absent and empty mean no time at all.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var match = Amount.Match(text.Trim());
        return match.Success
            && SecondsOf.TryGetValue(match.Groups["unit"].Value, out var seconds)
            && TryMeasure(match.Groups["number"].Value, seconds, out duration);
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
        @"^(?:(?<number>[0-9]{1,15}(?:\.[0-9]{1,6})?)\s?(?<unit>[a-z]{0,7})|(?<unit>hourly|daily|weekly))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Amount { get; }
}
