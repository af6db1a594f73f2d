using System.Globalization;
using System.Text.Json;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>A size as docker-py takes it: a number of bytes, or a text such as <c>512m</c>, <c>16G</c>, <c>1gb</c>.</summary>
internal static class ByteSize
{
    private const string Units = "bkmgt";

    /// <exception cref="FormatException">It is neither.</exception>
    public static long Parse(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number ? value.GetInt64() : Parse(value.GetString() ?? "");

    private static long Parse(string text)
    {
        var lower = text.Trim().ToLowerInvariant();
        if (lower.Length > 2 && lower[^1] == 'b' && Units.Contains(lower[^2]))
        {
            lower = lower[..^1];
        }

        var power = lower.Length == 0 ? -1 : Units.IndexOf(lower[^1], StringComparison.Ordinal);
        var digits = power < 0 ? lower : lower[..^1];
        var number = double.Parse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (long)(number * Math.Pow(1024, Math.Max(power, 0)));
    }
}
