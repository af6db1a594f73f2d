namespace Nua.Api;

public sealed record InstanceList(IReadOnlyList<InstanceView> Instances);

/// <summary>One running copy of an app.</summary>
/// <param name="Name">What the operator calls it.</param>
/// <param name="App">The app it is a copy of.</param>
/// <param name="Version">The app's version and release.</param>
/// <param name="Domain">Where it answers.</param>
/// <param name="Url">Its address; <see langword="null"/> when it has no web face.</param>
/// <param name="State">
/// <c>running</c>; <c>degraded</c>: a provider does not run; <c>down</c>: the app itself does not, though it should;
/// <c>stopped</c> and <c>paused</c>, as the operator wants; <c>unknown</c>: the engine does not answer.
/// </param>
/// <param name="Deployment">The number of its current deployment.</param>
/// <param name="Image">The app's image.</param>
/// <param name="CreatedAt">When it was first deployed.</param>
/// <param name="UnderWay">What changes it now.</param>
public sealed record InstanceView(
    string Name,
    string App,
    string Version,
    string Domain,
    string? Url,
    string State,
    int Deployment,
    string Image,
    DateTimeOffset CreatedAt,
    UnderWayView? UnderWay = null)
{
    /// <summary>Of a server that instances share, those that have something in it; <see langword="null"/>: it is none.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }
}

/// <summary>An instance with all its parts.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="DeployedAt">When its current deployment went live.</param>
/// <param name="Workloads">What runs for it; the app last.</param>
/// <param name="Volumes">Where its data is.</param>
/// <param name="LastOperation">The last change that was asked for.</param>
public sealed record InstanceDetail(
    InstanceView Instance,
    DateTimeOffset DeployedAt,
    IReadOnlyList<InstanceWorkload> Workloads,
    IReadOnlyList<InstanceVolume> Volumes,
    OperationView? LastOperation = null)
{
    /// <summary>What it runs by the clock.</summary>
    public IReadOnlyList<CronView> Cron { get; init; } = [];

    /// <summary>Its providers that live in shared servers.</summary>
    public IReadOnlyList<SharedProvider> Shared { get; init; } = [];
}

/// <param name="Role"><c>app</c>, or the provider's name.</param>
/// <param name="Name">Its name on the engine.</param>
/// <param name="Image">The image it runs.</param>
/// <param name="Status"><c>running</c>, <c>paused</c>, <c>restarting</c>, <c>stopped</c>, <c>missing</c> or <c>unknown</c>.</param>
/// <param name="StartedAt">When it was last started.</param>
/// <param name="Restarts">How often the engine restarted it since.</param>
/// <param name="ExitCode">How its program ended, when it does not run.</param>
/// <param name="OutOfMemory">Whether the engine killed it at its memory limit.</param>
public sealed record InstanceWorkload(
    string Role,
    string Name,
    string Image,
    string Status,
    DateTimeOffset? StartedAt = null,
    int Restarts = 0,
    int? ExitCode = null,
    bool OutOfMemory = false);

/// <param name="Role">The provider's name.</param>
/// <param name="Server">The instance that the shared server is.</param>
public sealed record SharedProvider(string Role, string Server);

/// <param name="Role">The name the package gives it.</param>
/// <param name="Name">Its name on the engine.</param>
/// <param name="Driver"><c>local</c> is the engine's own.</param>
public sealed record InstanceVolume(string Role, string Name, string Driver);

/// <summary>A line a workload wrote.</summary>
/// <param name="At">When.</param>
/// <param name="Workload">Its role.</param>
/// <param name="Stream"><c>out</c> or <c>err</c>.</param>
/// <param name="Text">The line.</param>
public sealed record LogLineView(DateTimeOffset At, string Workload, string Stream, string Text);

/// <summary>Which lines of an instance's log to read.</summary>
/// <param name="Workload">Of one workload, by its role; <see langword="null"/>: of all.</param>
/// <param name="Tail">The last lines of each only; <see langword="null"/>: all.</param>
/// <param name="Follow">Whether to wait for more.</param>
/// <param name="Since">Nothing older.</param>
public sealed record LogQuery(string? Workload = null, int? Tail = null, bool Follow = false, DateTimeOffset? Since = null);

public sealed record DeploymentList(string Instance, IReadOnlyList<DeploymentView> Deployments);

/// <summary>One line of an instance's history.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Version">The app's version and release.</param>
/// <param name="Domain">Where it answered.</param>
/// <param name="Image">The app's image.</param>
/// <param name="ImageId">The image's content address.</param>
/// <param name="At">When it went live.</param>
/// <param name="Operation">The operation that made it.</param>
/// <param name="Current">Whether it is the one that serves.</param>
public sealed record DeploymentView(
    int Number, string Version, string Domain, string Image, string ImageId, DateTimeOffset At, string Operation, bool Current);

/// <summary>The environment of an instance's workloads.</summary>
public sealed record EnvironmentView(string Instance, IReadOnlyList<VariableView> Variables);

/// <param name="Workload">Whose variable, by its role.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; <see langword="null"/> when it holds a secret or a value made at the first deployment.</param>
/// <param name="Secret">Whether it holds a secret.</param>
/// <param name="Origin">
/// Who says what it is: <c>package</c>, <c>site</c>: a sites file, <c>operator</c>, <c>generated</c>: it was made for this variable,
/// <c>provider</c>: it is looked up.
/// </param>
/// <param name="From">Of one that is looked up, from which provider or volume.</param>
public sealed record VariableView(
    string Workload, string Name, string? Value, bool Secret, string Origin = "package", string? From = null);
