using Microsoft.Data.Sqlite;
using Nua.Core.Problems;
using Nua.Engine.Access;

namespace Nua.Drivers.State.Sqlite;

/// <summary>Tokens in the state file, as hashes.</summary>
public sealed class SqliteAccessStore(SqliteDatabase database) : IAccessStore
{
    private const int ConstraintFailed = 19;

    // Names of scopes and of instances have no comma.
    private const char Between = ',';

    public async Task AddAsync(KnownToken token, CancellationToken cancellation)
    {
        var known = token.Token;
        try
        {
            await database.WriteAsync(
                "INSERT INTO token (id, name, hash, scopes, instances, created_by, created_at, expires_at) "
                + "VALUES ($id, $name, $hash, $scopes, $instances, $by, $at, $expires)",
                cancellation,
                ("$id", known.Id),
                ("$name", known.Name),
                ("$hash", token.Hash),
                ("$scopes", string.Join(Between, known.Scopes)),
                ("$instances", string.Join(Between, known.Instances)),
                ("$by", known.CreatedBy),
                ("$at", Stamp.Of(known.CreatedAt)),
                ("$expires", Stamp.Of(known.ExpiresAt)));
        }
        catch (SqliteException refusal) when (refusal.SqliteErrorCode == ConstraintFailed)
        {
            throw new NuaException(AccessProblems.NameTaken(known.Name), refusal);
        }
    }

    public async Task<KnownToken?> FindAsync(string id, CancellationToken cancellation) =>
        await ReadAsync("WHERE id = $id", cancellation, ("$id", id)) is [var found] ? found : null;

    public async Task<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellation) =>
        [.. (await ReadAsync("ORDER BY name", cancellation)).Select(known => known.Token)];

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellation) =>
        await database.WriteAsync("DELETE FROM token WHERE id = $id", cancellation, ("$id", id)) > 0;

    private Task<IReadOnlyList<KnownToken>> ReadAsync(
        string where, CancellationToken cancellation, params (string Name, object? Value)[] values) => database.ReadAsync(
        $"SELECT id, name, hash, scopes, instances, created_by, created_at, expires_at FROM token {where}",
        row => new KnownToken(
            new AccessToken(
                row.GetString(0),
                row.GetString(1),
                [.. PartsOf(row.GetString(3)).Select(Enum.Parse<Scope>)],
                PartsOf(row.GetString(4)),
                row.GetString(5),
                Stamp.From(row, 6)!.Value,
                Stamp.From(row, 7)!.Value),
            (byte[])row.GetValue(2)),
        cancellation,
        values);

    private static string[] PartsOf(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
