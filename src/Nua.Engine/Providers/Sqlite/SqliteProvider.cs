using Nua.Core.Packages;

namespace Nua.Engine.Providers.Sqlite;

/// <summary>SQLite: no server, but an agreed place for the file and a name for it.</summary>
public sealed class SqliteProvider : IProvider
{
    /// <summary>The name a packager writes.</summary>
    public const string ModuleName = "sqlite";

    private const string Data = "data";

    /// <summary>The volume the file lies on, mounted in the app's own workload.</summary>
    public static Volume DataVolume { get; } = new() { Name = Data, Target = "/nua/app/sqlite" };

    /// <inheritdoc />
    public string Name => ModuleName;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["SQLITE_DIR"] = new Setting.Lookup(Data, "target"),
        ["SQLITE_SOURCE"] = new Setting.Lookup(Data, "full-name"),
        ["SQLITE_DB"] = new Setting.UniqueDatabase(),
    };

    /// <inheritdoc />
    public IReadOnlyList<Volume> Volumes { get; } = [DataVolume];
}
