using System.Text.Json;
using Nua.Core.Packages;

namespace Nua.Core.Sites;

/// <summary>One <c>[[site]]</c> of a sites file: an instance that somebody wants, and what it has differently from its image.</summary>
public sealed record Site
{
    /// <summary>The app, with or without <c>nua-</c>, with or without <c>:version-release</c>.</summary>
    public required string Image { get; init; }

    public required SiteAddress Address { get; init; }

    public required SiteLabel Label { get; init; }

    /// <summary>Added over the image's variables, name by name.</summary>
    public IReadOnlyDictionary<string, Setting> Env { get; init; } = new Dictionary<string, Setting>();

    /// <summary>Each replaces the image's port of the same name; keys it does not say are those of the image's.</summary>
    public IReadOnlyList<PortOverride> Ports { get; init; } = [];

    /// <summary>Each replaces the image's volume with the same target; others are added.</summary>
    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    /// <summary>Over the image's engine options, name by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Docker { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyList<ProviderOverride> Providers { get; init; } = [];

    /// <summary>Instead of the image's; <see langword="null"/>: the image's.</summary>
    public BackupPolicy? Backup { get; init; }

    /// <inheritdoc cref="Backup"/>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>Run after the image's own test protocol.</summary>
    public IReadOnlyList<TestStep> Tests { get; init; } = [];
}

/// <summary>What a site says about one of the image's providers.</summary>
public sealed record ProviderOverride
{
    public required string Name { get; init; }

    public IReadOnlyDictionary<string, Setting> Env { get; init; } = new Dictionary<string, Setting>();

    public IReadOnlyDictionary<string, JsonElement> Docker { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    public IReadOnlyList<PortOverride> Ports { get; init; } = [];

    public string? ModuleVersion { get; init; }

    /// <summary>Whether it is a database in a server that instances share; <see langword="null"/>: as it is, and a server of its own at first.</summary>
    public bool? Shared { get; init; }

    public BackupPolicy? Backup { get; init; }
}
