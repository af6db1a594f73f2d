using Microsoft.Data.Sqlite;
using Nua.Engine.Access;

namespace Nua.Drivers.State.Sqlite;

/// <summary>The audit trail in the state file; triggers refuse to change or remove a record.</summary>
public sealed class SqliteAuditTrail(SqliteDatabase database) : IAuditTrail
{
    private const string Select = "SELECT number, at, who, origin, what, instance, outcome, hash FROM audit ORDER BY number";

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellation) => database.WriteAsync(
        async connection =>
        {
            var last = await SqliteDatabase.ReadAsync(connection, $"{Select} DESC LIMIT 1", Read, CancellationToken.None);
            var record = AuditChain.Next(last is [var newest] ? newest : null, entry);
            return await SqliteDatabase.ExecuteAsync(
                connection,
                "INSERT INTO audit (number, at, who, origin, what, instance, outcome, hash) "
                + "VALUES ($number, $at, $who, $origin, $what, $instance, $outcome, $hash)",
                CancellationToken.None,
                ("$number", record.Number),
                ("$at", Stamp.Of(entry.At)),
                ("$who", entry.Who),
                ("$origin", entry.From),
                ("$what", entry.What),
                ("$instance", entry.Instance),
                ("$outcome", entry.Outcome),
                ("$hash", record.Hash));
        },
        cancellation);

    public Task<IReadOnlyList<AuditRecord>> ListAsync(int limit, CancellationToken cancellation) =>
        database.ReadAsync($"{Select} DESC LIMIT $limit", Read, cancellation, ("$limit", limit));

    public async Task<AuditCheck> VerifyAsync(CancellationToken cancellation) =>
        AuditChain.Verify(await database.ReadAsync(Select, Read, cancellation));

    private static AuditRecord Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        new AuditEntry(
            Stamp.From(row, 1)!.Value,
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.GetString(6)),
        row.GetString(7));
}
