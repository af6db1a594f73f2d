using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Nua.Core.Problems;

namespace Nua.Drivers.State.Sqlite;

/// <summary>
/// The server's state file: one SQLite database in WAL mode with full synchronisation, so that what was written survives a
/// power cut. All writes go through one connection, one after the other; reads have connections of their own.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private const int IoError = 10;
    private const int Full = 13;
    private const string SchemaPrefix = "Nua.Drivers.State.Sqlite.";
    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _turn = new(1);

    private SqliteDatabase(string connectionString, SqliteConnection writer) =>
        (_connectionString, _writer) = (connectionString, writer);

    /// <summary>Opens the file, making it and bringing its schema up to date where needed.</summary>
    /// <exception cref="NuaException"><c>state.unreadable</c>, <c>state.newer</c></exception>
    public static async Task<SqliteDatabase> OpenAsync(string file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();
        var writer = new SqliteConnection(connectionString);
        try
        {
            await writer.OpenAsync(cancellation);
            await ExecuteAsync(writer, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", cancellation);
            await MigrateAsync(writer, file, cancellation);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return new SqliteDatabase(connectionString, writer);
        }
        catch (SqliteException failure)
        {
            await writer.DisposeAsync();
            throw new NuaException(StateProblems.Unreadable(file, failure.Message), failure);
        }
    }

    /// <summary>Runs all that <paramref name="work"/> does as one transaction.</summary>
    internal async Task<T> WriteAsync<T>(Func<SqliteConnection, Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var transaction = (SqliteTransaction)await _writer.BeginTransactionAsync(CancellationToken.None);
            var result = await work(_writer);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is IoError or Full)
        {
            throw new NuaException(StateProblems.DiskFull(_writer.DataSource, failure.Message), failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    internal Task<int> WriteAsync(string sql, CancellationToken cancellation, params (string Name, object? Value)[] values) =>
        WriteAsync(connection => ExecuteAsync(connection, sql, CancellationToken.None, values), cancellation);

    /// <exception cref="NuaException"><c>state.unreadable</c></exception>
    internal async Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<SqliteDataReader, T> row, CancellationToken cancellation, params (string Name, object? Value)[] values)
    {
        try
        {
            await using var connection = new SqliteConnection(_connectionString);
            await connection.OpenAsync(cancellation);
            return await ReadAsync(connection, sql, row, cancellation, values);
        }
        catch (SqliteException failure)
        {
            throw new NuaException(StateProblems.Unreadable(_writer.DataSource, failure.Message), failure);
        }
    }

    internal static async Task<IReadOnlyList<T>> ReadAsync<T>(
        SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> row,
        CancellationToken cancellation,
        params (string Name, object? Value)[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    internal static async Task<int> ExecuteAsync(
        SqliteConnection connection, string sql, CancellationToken cancellation, params (string Name, object? Value)[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
        _turn.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Applies the numbered schema files that the database does not have, each in a transaction of its own.</summary>
    private static async Task MigrateAsync(SqliteConnection connection, string file, CancellationToken cancellation)
    {
        var versions = await ReadAsync(connection, "PRAGMA user_version", row => row.GetInt32(0), cancellation);
        var files = typeof(SqliteDatabase).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(SchemaPrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (versions[0] > files.Count)
        {
            throw new NuaException(StateProblems.Newer(file));
        }

        for (var version = versions[0]; version < files.Count; version++)
        {
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(connection, SchemaOf(files[version]), cancellation);
            await ExecuteAsync(
                connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"), cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    private static string SchemaOf(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
