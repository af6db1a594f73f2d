using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Memcached;

/// <summary>Memcached: a cache that knows no users, so whoever is on the instance's own network may use it.</summary>
/// <param name="versions">The versions that can be supplied, the preferred one first.</param>
public sealed class MemcachedProvider(params IReadOnlyList<string> versions) : IMeasured
{
    /// <inheritdoc />
    public string Name => "memcached";

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => versions;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["MEMCACHED_PORT"] = new Setting.Literal("11211"),
        ["MEMCACHED_MEMORY"] = new Setting.Literal("64"),
    };

    /// <inheritdoc />
    public IReadOnlyList<Volume> Volumes => [];

    /// <inheritdoc />
    public ImageRecipe Image(string version) => MemcachedImage.For(version);

    /// <inheritdoc />
    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => new(MemcachedImage.Ready);

    /// <inheritdoc />
    public ExecCommand Measure(IReadOnlyDictionary<string, string> env) => MemcachedMetrics.Ask();

    /// <inheritdoc />
    public IReadOnlyList<Metric> Read(string answer) => MemcachedMetrics.Read(answer);
}
