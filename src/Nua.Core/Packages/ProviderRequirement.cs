using System.Text.Json;

namespace Nua.Core.Packages;

/// <summary>One <c>[[provider]]</c>: a service the app needs.</summary>
public sealed record ProviderRequirement
{
    /// <summary>The handle that <c>from</c> uses, and the host name the app reaches it by.</summary>
    public required string Name { get; init; }

    /// <summary><c>postgres</c>, <c>mariadb</c>, <c>redis-cache</c>, <c>sqlite</c> …; absent for a plain image.</summary>
    public string? Module { get; init; }

    /// <summary>A version specifier such as <c>&gt;=14, &lt;16</c> (PEP 440).</summary>
    public string? ModuleVersion { get; init; }

    /// <summary><c>docker-image</c>, <c>volume</c>, <c>local</c>, <c>app</c>; absent: the module's.</summary>
    public string? Type { get; init; }

    /// <summary>Whether it is an application of the package itself, built from its own <see cref="Build"/> and <see cref="Run"/>.</summary>
    public bool IsSubApplication => this is { Type: "app", Module: null };

    public bool? Network { get; init; }

    /// <summary>Client packages installed in the app's image.</summary>
    public IReadOnlyList<string> Connector { get; init; } = [];

    public BuildSection? Build { get; init; }

    public RunSection? Run { get; init; }

    public IReadOnlyDictionary<string, Setting> Env { get; init; } = new Dictionary<string, Setting>();

    public IReadOnlyDictionary<string, JsonElement> Docker { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyList<Port> Ports { get; init; } = [];

    /// <summary><see langword="null"/>: the module's own volumes.</summary>
    public IReadOnlyList<Volume>? Volumes { get; init; }

    public HealthCheck? HealthCheck { get; init; }

    public BackupPolicy? Backup { get; init; }
}
