using System.Text.Json;
using Microsoft.Data.Sqlite;
using Nua.Core.Problems;
using Nua.Engine;
using Nua.Engine.Operations;

namespace Nua.Drivers.State.Sqlite;

/// <summary>The journal of operations in the state file.</summary>
public sealed class SqliteOperationLog(SqliteDatabase database) : IOperationLog
{
    private const int UniqueFailed = 2067;
    private const string Columns = "id, kind, subject, request, started_by, state, started_at, ended_at, result, problem";

    public async Task BeginAsync(OperationRecord operation, CancellationToken cancellation)
    {
        try
        {
            await database.WriteAsync(
                "INSERT INTO operation (id, kind, subject, request, started_by, state, started_at) "
                + "VALUES ($id, $kind, $subject, $request, $by, $state, $at)",
                cancellation,
                ("$id", operation.Id),
                ("$kind", operation.Kind),
                ("$subject", operation.Subject),
                ("$request", operation.Request),
                ("$by", operation.StartedBy),
                ("$state", operation.State.ToString()),
                ("$at", Stamp.Of(operation.StartedAt)));
        }
        catch (SqliteException refusal) when (refusal.SqliteExtendedErrorCode == UniqueFailed)
        {
            var holders = await ReadAsync("WHERE subject = $subject AND state IN ('Running', 'Stuck')", cancellation, ("$subject", operation.Subject));
            if (holders is [var holder, ..])
            {
                throw new NuaException(OperationProblems.Locked(holder, await StepsAsync(holder.Id, cancellation)), refusal);
            }

            // It has ended since.
            await BeginAsync(operation, cancellation);
        }
    }

    public Task WriteStepAsync(string operation, StepRecord record, CancellationToken cancellation) => database.WriteAsync(
        "INSERT OR REPLACE INTO step (operation, number, name, state, started_at, ended_at, result, detail) "
        + "VALUES ($operation, $number, $name, $state, $started, $ended, $result, $detail)",
        cancellation,
        ("$operation", operation),
        ("$number", record.Number),
        ("$name", record.Name),
        ("$state", record.State.ToString()),
        ("$started", Stamp.Of(record.StartedAt)),
        ("$ended", Stamp.Of(record.EndedAt)),
        ("$result", record.Result),
        ("$detail", record.Detail));

    public Task EndAsync(
        string operation, OperationState state, DateTimeOffset at, string? result, Problem? problem, CancellationToken cancellation) =>
        database.WriteAsync(
            "UPDATE operation SET state = $state, ended_at = $at, result = $result, problem = $problem WHERE id = $id",
            cancellation,
            ("$id", operation),
            ("$state", state.ToString()),
            ("$at", Stamp.Of(at)),
            ("$result", result),
            ("$problem", problem is null ? null : JsonSerializer.Serialize(problem, EngineJson.Default.Problem)));

    public async Task<OperationRecord?> FindAsync(string operation, CancellationToken cancellation) =>
        await ReadAsync("WHERE id = $id", cancellation, ("$id", operation)) is [var found] ? found : null;

    public Task<IReadOnlyList<OperationRecord>> ListAsync(OperationFilter filter, int limit, CancellationToken cancellation) => ReadAsync(
        "WHERE ($subject IS NULL OR subject = $subject) AND ($kind IS NULL OR kind = $kind) AND ($state IS NULL OR state = $state) "
        + "AND ($since IS NULL OR started_at >= $since) AND ($before IS NULL OR id < $before) ORDER BY id DESC LIMIT $limit",
        cancellation,
        ("$subject", filter.Subject),
        ("$kind", filter.Kind),
        ("$state", filter.State?.ToString()),
        ("$since", Stamp.Of(filter.Since)),
        ("$before", filter.Before),
        ("$limit", limit));

    public Task<IReadOnlyList<OperationRecord>> UnfinishedAsync(CancellationToken cancellation) =>
        ReadAsync("WHERE state IN ('Running', 'Stuck') ORDER BY id", cancellation);

    public Task ForgetAsync(string subject, int keep, CancellationToken cancellation)
    {
        const string Old = "(SELECT id FROM operation WHERE subject = $subject AND state NOT IN ('Running', 'Stuck') ORDER BY id DESC LIMIT -1 OFFSET $keep)";
        return database.WriteAsync(
            $"DELETE FROM step WHERE operation IN {Old}; DELETE FROM operation WHERE id IN {Old}",
            cancellation,
            ("$subject", subject),
            ("$keep", keep));
    }

    public Task<IReadOnlyList<StepRecord>> StepsAsync(string operation, CancellationToken cancellation) => database.ReadAsync(
        "SELECT number, name, state, started_at, ended_at, result, detail FROM step WHERE operation = $operation ORDER BY number",
        row => new StepRecord(
            row.GetInt32(0),
            row.GetString(1),
            Enum.Parse<StepState>(row.GetString(2)),
            Stamp.From(row, 3)!.Value,
            Stamp.From(row, 4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.IsDBNull(6) ? null : row.GetString(6)),
        cancellation,
        ("$operation", operation));

    private Task<IReadOnlyList<OperationRecord>> ReadAsync(
        string where, CancellationToken cancellation, params (string Name, object? Value)[] values) => database.ReadAsync(
        $"SELECT {Columns} FROM operation {where}",
        row => new OperationRecord(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            Enum.Parse<OperationState>(row.GetString(5)),
            Stamp.From(row, 6)!.Value,
            Stamp.From(row, 7),
            row.IsDBNull(8) ? null : row.GetString(8),
            row.IsDBNull(9) ? null : JsonSerializer.Deserialize(row.GetString(9), EngineJson.Default.Problem)),
        cancellation,
        values);
}
