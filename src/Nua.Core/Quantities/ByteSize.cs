using System.Globalization;
using System.Text.RegularExpressions;

namespace Nua.Core.Quantities;

/// <summary>Amounts of memory or disk as people write them: <c>"16G"</c>, <c>"2.5 K"</c>, <c>"10 Mb"</c>; units are powers of 1024.</summary>
public static partial class ByteSize
{
    private const string Units = "bkmgtp";

    /// <summary>Absent and empty mean nothing at all.</summary>
    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var match = Amount.Match(text.Trim());
        if (!match.Success)
        {
            return false;
        }

        var unit = match.Groups["unit"].Value;
        var power = unit.Length == 0 ? 0 : Units.IndexOf(char.ToLowerInvariant(unit[0]));
        var number = decimal.Parse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var total = number * (1L << (10 * power));
        bytes = total <= long.MaxValue ? (long)total : 0;
        return total <= long.MaxValue;
    }

    [GeneratedRegex(
        @"^(?<number>[0-9]{1,18}(?:\.[0-9]{1,6})?)\s?(?<unit>b|[kmgtp](?:i?b)?)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Amount { get; }
}
