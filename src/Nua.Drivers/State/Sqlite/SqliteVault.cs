using Microsoft.Data.Sqlite;
using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Drivers.State.Sqlite;

/// <summary>Kept values in the state file, sealed with a key that is not in it.</summary>
public sealed class SqliteVault(SqliteDatabase database, VaultKey key) : IVault
{
    /// <summary>The vault in a state file, with the key in a file of its own; a new vault gets a new key.</summary>
    /// <exception cref="NuaException"><c>vault.key-missing</c>, <c>state.bad-key</c></exception>
    public static async Task<SqliteVault> OpenAsync(SqliteDatabase database, string keyFile, CancellationToken cancellation)
    {
        var isNew = await database.ReadAsync("SELECT 1 FROM kept LIMIT 1", row => row.GetInt32(0), cancellation) is [];
        return new SqliteVault(database, isNew ? VaultKey.OpenOrCreate(keyFile) : VaultKey.Open(keyFile));
    }

    public Task<Secret> EnsureAsync(
        InstanceName instance, KeptReference kept, string operation, Func<long, Secret> make, CancellationToken cancellation) =>
        database.WriteAsync(connection => EnsureAsync(connection, instance, kept, operation, make), cancellation);

    public async Task<IReadOnlyDictionary<KeptKey, Secret>> ReadAsync(InstanceName instance, CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(
            "SELECT owner, name, sealed FROM kept WHERE instance = $instance",
            row => (Key: new KeptKey(row.GetString(0), row.GetString(1)), Sealed: (byte[])row.GetValue(2)),
            cancellation,
            ("$instance", instance.ToString()));
        return rows.ToDictionary(row => row.Key, row => key.Open(row.Sealed, Context(instance, row.Key)));
    }

    public Task<IReadOnlyList<KeptEntry>> ListAsync(CancellationToken cancellation) => database.ReadAsync(
        "SELECT instance, owner, name, made_at FROM kept ORDER BY instance, owner, name",
        row => new KeptEntry(InstanceName.Parse(row.GetString(0)), new KeptKey(row.GetString(1), row.GetString(2)), Stamp.From(row, 3)),
        cancellation);

    public Task ForgetAsync(InstanceName instance, KeptKey key, CancellationToken cancellation) => database.WriteAsync(
        "DELETE FROM kept WHERE instance = $instance AND owner = $owner AND name = $name", cancellation, Place(instance, key));

    public Task ForgetMadeByAsync(string operation, CancellationToken cancellation) =>
        database.WriteAsync("DELETE FROM kept WHERE operation = $operation", cancellation, ("$operation", operation));

    public Task ForgetAsync(InstanceName instance, CancellationToken cancellation) =>
        database.WriteAsync("DELETE FROM kept WHERE instance = $instance", cancellation, ("$instance", instance.ToString()));

    private async Task<Secret> EnsureAsync(
        SqliteConnection connection, InstanceName instance, KeptReference kept, string operation, Func<long, Secret> make)
    {
        var kind = new KeptKey(kept.Owner, kept.Name);
        var found = await SqliteDatabase.ReadAsync(
            connection,
            "SELECT sealed FROM kept WHERE instance = $instance AND owner = $owner AND name = $name",
            row => (byte[])row.GetValue(0),
            CancellationToken.None,
            Place(instance, kind));
        if (found is [var known])
        {
            return key.Open(known, Context(instance, kind));
        }

        var value = make(await NextNumberAsync(connection));
        await SqliteDatabase.ExecuteAsync(
            connection,
            "INSERT OR REPLACE INTO kept (instance, owner, name, operation, sealed, made_at) "
            + "VALUES ($instance, $owner, $name, $operation, $sealed, $at)",
            CancellationToken.None,
            [
                .. Place(instance, kind),
                ("$operation", operation),
                ("$sealed", key.Seal(value, Context(instance, kind))),
                ("$at", Stamp.Of(TimeProvider.System.GetUtcNow())),
            ]);
        return value;
    }

    /// <summary>Counts up, and never gives a number twice: a name stays unique when its instance is long gone.</summary>
    private static async Task<long> NextNumberAsync(SqliteConnection connection)
    {
        var numbers = await SqliteDatabase.ReadAsync(
            connection,
            "INSERT INTO counter (name, value) VALUES ('kept', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
            row => row.GetInt64(0),
            CancellationToken.None);
        return numbers[0];
    }

    private static (string, object?)[] Place(InstanceName instance, KeptKey kind) =>
        [("$instance", instance.ToString()), ("$owner", kind.Owner), ("$name", kind.Name)];

    /// <summary>What a sealed value is bound to: moved to another place in the file, it does not open.</summary>
    private static string Context(InstanceName instance, KeptKey kind) => $"{instance}\n{kind.Owner}\n{kind.Name}";
}
