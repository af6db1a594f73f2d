using Microsoft.Data.Sqlite;

namespace Nua.Drivers.State.Sqlite;

/// <summary>Points in time as the state file has them: milliseconds since 1970, UTC.</summary>
internal static class Stamp
{
    public static object? Of(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    public static DateTimeOffset? From(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
