using System.Globalization;

namespace Nua.Engine.Operations;

/// <summary>Makes the ids of operations: they sort in the order in which the operations began, whatever the clock says.</summary>
internal static class OperationId
{
    /// <summary>A version 7 UUID begins with its time: milliseconds since 1970, in twelve hexadecimal digits.</summary>
    private const int TimeDigits = 12;

    /// <summary>An id of this moment; or, when the clock was put back since, of the moment after the newest there is.</summary>
    public static string After(string? newest, DateTimeOffset now)
    {
        var earliest = TimeOf(newest) is { } last ? last.AddMilliseconds(1) : now;
        return Guid.CreateVersion7(earliest > now ? earliest : now).ToString("N");
    }

    private static DateTimeOffset? TimeOf(string? id) =>
        id is { Length: 2 * 16 } && long.TryParse(id.AsSpan(0, TimeDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(time)
            : null;
}
