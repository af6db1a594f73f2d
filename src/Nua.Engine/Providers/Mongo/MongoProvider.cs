using Nua.Core;
using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Mongo;

/// <summary>
/// MongoDB, of which no distribution has packages and whose public image's licence is not free: it is had only as an image that
/// the package names. What the module brings are names, credentials, the place of the data, and the question whether it serves.
/// </summary>
public sealed class MongoProvider : IServerProvider
{
    // Credentials by name: a command line can be read by others.
    private const string Ping =
        "connect('mongodb://127.0.0.1:27017/admin', process.env.MONGO_USER, process.env.MONGO_PASSWORD).runCommand({ping: 1})";

    /// <inheritdoc />
    public string Name => "mongo";

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => [];

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["MONGO_PORT"] = new Setting.Literal("27017"),
        ["MONGO_INITDB_ROOT_USERNAME"] = new Setting.UniqueUser(),
        ["MONGO_INITDB_ROOT_PASSWORD"] = new Setting.RandomText(24),
    };

    /// <inheritdoc />
    public IReadOnlyList<Volume> Volumes { get; } = [new Volume { Name = "mongo-data", Target = "/data/db" }];

    /// <inheritdoc />
    public ImageRecipe Image(string version) => new()
    {
        Name = "mongo",
        Version = version,
        RegistryReference = $"docker.io/library/mongo:{version}",
        UnderAgent = true,
    };

    /// <inheritdoc />
    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => new("mongosh", "--quiet", "--nodb", "--eval", Ping)
    {
        Secrets = new Dictionary<string, Secret>
        {
            ["MONGO_USER"] = new(env["MONGO_INITDB_ROOT_USERNAME"]),
            ["MONGO_PASSWORD"] = new(env["MONGO_INITDB_ROOT_PASSWORD"]),
        },
    };
}
