using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Nua.Engine.Access;

namespace Nua.Drivers.State.Sqlite;

/// <summary>The audit trail in the state file; triggers refuse to change or remove a record.</summary>
public sealed class SqliteAuditTrail(SqliteDatabase database) : IAuditTrail
{
    private const string Select = "SELECT number, at, who, origin, what, instance, outcome, hash FROM audit";

    private const int Page = 1000;

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellation) => database.WriteAsync(
        async connection =>
        {
            var last = await SqliteDatabase.ReadAsync(connection, $"{Select} ORDER BY number DESC LIMIT 1", Read, CancellationToken.None);
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

    public Task<IReadOnlyList<AuditRecord>> ListAsync(AuditQuery query, CancellationToken cancellation) => database.ReadAsync(
        $"{Select} WHERE at >= $since AND ($instance IS NULL OR instance = $instance) ORDER BY number DESC LIMIT $limit",
        Read,
        cancellation,
        ("$since", Stamp.Of(query.Since ?? DateTimeOffset.UnixEpoch)),
        ("$instance", query.Instance),
        ("$limit", query.Limit));

    public Task<AuditCheck> VerifyAsync(CancellationToken cancellation) => AuditChain.VerifyAsync(AllAsync(cancellation), cancellation);

    /// <summary>Page by page, from the lowest number that a file can hold: what does not belong there is to show.</summary>
    private async IAsyncEnumerable<AuditRecord> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = long.MinValue;
        while (true)
        {
            var page = await database.ReadAsync(
                $"{Select} WHERE number >= $from ORDER BY number LIMIT {Page}", Read, cancellation, ("$from", from));
            foreach (var record in page)
            {
                yield return record;
            }

            if (page.Count < Page || page[^1].Number == long.MaxValue)
            {
                yield break;
            }

            from = page[^1].Number + 1;
        }
    }

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
