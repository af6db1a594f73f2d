using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Redis;

/// <summary>Redis that keeps what it is given: for queues and sessions.</summary>
/// <param name="versions">The versions that can be supplied, the preferred one first.</param>
public sealed class RedisProvider(params IReadOnlyList<string> versions) : IRotatesCredentials, IMeasured
{
    /// <inheritdoc />
    public string Name => "redis";

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => versions;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["REDIS_PORT"] = new Setting.Literal("6379"),
        ["REDIS_PASSWORD"] = new Setting.RandomText(24),
    };

    /// <inheritdoc />
    public IReadOnlyList<Volume> Volumes { get; } = [new Volume { Name = "redis-data", Target = RedisImage.DataFolder }];

    /// <inheritdoc />
    public ImageRecipe Image(string version) => RedisImage.DurableOf(version);

    /// <inheritdoc />
    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => RedisReadiness.Ask(env);

    /// <inheritdoc />
    public IReadOnlyList<string> Credentials { get; } = [RedisPasswords.Variable];

    /// <inheritdoc />
    public bool TakesBoth => true;

    /// <inheritdoc />
    public ExecCommand Accept(CredentialChange change) => RedisPasswords.Accept(change);

    /// <inheritdoc />
    public ExecCommand Retire(CredentialChange change) => RedisPasswords.Retire(change);

    /// <inheritdoc />
    public ExecCommand Measure(IReadOnlyDictionary<string, string> env) => RedisMetrics.Ask(env);

    /// <inheritdoc />
    public IReadOnlyList<Metric> Read(string answer) => RedisMetrics.Read(answer);
}
