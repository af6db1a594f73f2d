using System.Text;
using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Drivers.State.Sqlite;
using Nua.Engine.Operations;
using Nua.Engine.State;
using Nua.Testing.Contracts;
using Xunit;

namespace Nua.IntegrationTests.State;

public sealed class SqliteOperationLogTests : OperationLogContract, IAsyncDisposable
{
    private readonly StateFolder _folder = new();

    protected override async Task<IOperationLog> NewLogAsync() => new SqliteOperationLog(await _folder.OpenAsync());

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

public sealed class SqliteJournalTests : JournalContract, IAsyncDisposable
{
    private readonly StateFolder _folder = new();

    protected override async Task<IJournal> NewJournalAsync() => new SqliteJournal(await _folder.OpenAsync());

    [Fact]
    public async Task A_state_file_that_cannot_be_read_is_a_problem_and_no_bug()
    {
        var journal = await NewJournalAsync();
        await _folder.BreakAsync();

        var refusal = await Assert.ThrowsAsync<NuaException>(() => journal.InstancesAsync(TestContext.Current.CancellationToken));

        Assert.Equal("state.unreadable", refusal.Problem.Code);
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

public sealed class SqliteVaultTests : VaultContract, IAsyncDisposable
{
    private static readonly InstanceName Notes = InstanceName.Parse("notes");
    private static readonly KeptReference Password = new("database", "PASSWORD", KeptKind.RandomText, 24);
    private readonly StateFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected override async Task<IVault> NewVaultAsync() => await SqliteVault.OpenAsync(await _folder.OpenAsync(), _folder.KeyFile, Cancellation);

    [Fact]
    public async Task No_file_holds_a_kept_value_in_clear()
    {
        var vault = await NewVaultAsync();
        await vault.EnsureAsync(Notes, Password, "op1", _ => new Secret("correct-horse-battery"), Cancellation);

        var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Assert.DoesNotContain("correct-horse-battery", Encoding.Latin1.GetString(await ReadSharedAsync(file)));
        }
    }

    [Fact]
    public async Task Another_key_does_not_open_what_was_sealed()
    {
        var vault = await NewVaultAsync();
        await vault.EnsureAsync(Notes, Password, "op1", _ => new Secret("correct-horse-battery"), Cancellation);
        File.Delete(_folder.KeyFile);
        var other = new SqliteVault(await _folder.OpenAsync(), VaultKey.OpenOrCreate(_folder.KeyFile));

        var refusal = await Assert.ThrowsAsync<NuaException>(() => other.ReadAsync(Notes, Cancellation));

        Assert.Equal("state.bad-key", refusal.Problem.Code);
    }

    [Fact]
    public async Task A_key_that_was_lost_is_not_replaced_while_something_is_sealed_with_it()
    {
        var vault = await NewVaultAsync();
        await vault.EnsureAsync(Notes, Password, "op1", _ => new Secret("correct-horse-battery"), Cancellation);
        File.Delete(_folder.KeyFile);

        var refusal = await Assert.ThrowsAsync<NuaException>(NewVaultAsync);

        Assert.Equal("vault.key-missing", refusal.Problem.Code);
        Assert.False(File.Exists(_folder.KeyFile));
    }

    [Fact]
    public async Task What_was_kept_is_there_after_a_restart()
    {
        await (await NewVaultAsync()).EnsureAsync(Notes, Password, "op1", _ => new Secret("kept"), Cancellation);
        await _folder.CloseAsync();

        var again = await NewVaultAsync();

        Assert.Equal("kept", (await again.ReadAsync(Notes, Cancellation)).Values.Single().Reveal());
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }
}

/// <summary>A state file in a folder of its own.</summary>
internal sealed class StateFolder : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-state-");
    private SqliteDatabase? _database;

    public string Path => _folder.FullName;

    public string KeyFile => System.IO.Path.Combine(Path, "keys", "vault.key");

    public async Task<SqliteDatabase> OpenAsync() =>
        _database ??= await SqliteDatabase.OpenAsync(System.IO.Path.Combine(Path, "state", "nua.db"), TestContext.Current.CancellationToken);

    /// <summary>The open file loses what it holds, as on a failing disk.</summary>
    public async Task BreakAsync()
    {
        var database = await OpenAsync();
        await database.WriteAsync("DROP TABLE instance", TestContext.Current.CancellationToken);
    }

    public async Task CloseAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
            _database = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }
}
