using System.Text.Json;

namespace Nua.Core.Packages;

/// <summary>What a packager wrote in a <c>nua-config</c> file: typed, normalised, valid.</summary>
public sealed record Package
{
    public required Metadata Metadata { get; init; }

    public BuildSection Build
    {
        get => WrittenBuild ?? new BuildSection();
        init => WrittenBuild = value;
    }

    public RunSection Run
    {
        get => WrittenRun ?? new RunSection();
        init => WrittenRun = value;
    }

    /// <summary>The app's environment, keys exactly as written.</summary>
    public IReadOnlyDictionary<string, Setting> Env { get; init; } = new Dictionary<string, Setting>();

    /// <summary>Engine options under docker-py argument names, untouched.</summary>
    public IReadOnlyDictionary<string, JsonElement> Docker { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyList<Port> Ports { get; init; } = [];

    public HealthCheck? HealthCheck { get; init; }

    public BackupPolicy? Backup { get; init; }

    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    public IReadOnlyList<ProviderRequirement> Providers { get; init; } = [];

    /// <summary>The test protocol; empty means "the front page answers".</summary>
    public IReadOnlyList<TestStep> Tests { get; init; } = [];

    /// <summary>What is run by the clock.</summary>
    public IReadOnlyList<CronJob> Cron { get; init; } = [];

    public UpdateSection Update
    {
        get => WrittenUpdate ?? new UpdateSection();
        init => WrittenUpdate = value;
    }

    /// <summary>What the packager wrote, for the normal form, in which a section nobody wrote is <c>null</c>.</summary>
    internal BuildSection? WrittenBuild { get; init; }

    /// <inheritdoc cref="WrittenBuild"/>
    internal RunSection? WrittenRun { get; init; }

    /// <inheritdoc cref="WrittenBuild"/>
    internal UpdateSection? WrittenUpdate { get; init; }
}
