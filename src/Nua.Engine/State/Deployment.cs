using System.Text.Json.Serialization;
using Nua.Core.Names;
using Nua.Engine.Runtimes;

namespace Nua.Engine.State;

/// <summary>One immutable line of an instance's history: what ran, from which image, with which configuration.</summary>
/// <param name="Instance">Whose history.</param>
/// <param name="Number">Its place in it, from 1.</param>
/// <param name="AppId">The app's id.</param>
/// <param name="Version">The app's version and release.</param>
/// <param name="Domain">Where it answers.</param>
/// <param name="Network">The network its workloads share.</param>
/// <param name="Workloads">What runs, in starting order; the app last.</param>
/// <param name="Volumes">The managed volumes it uses.</param>
/// <param name="WebPort">The app's port behind the gateway; <see langword="null"/> when it has no web face.</param>
/// <param name="Tls">Whether visitors are sent to HTTPS.</param>
/// <param name="Config">The effective nua-config: normalised JSON, a sites file applied.</param>
/// <param name="Operation">The operation that made it.</param>
/// <param name="At">When it went live.</param>
public sealed record Deployment(
    InstanceName Instance,
    int Number,
    string AppId,
    string Version,
    string Domain,
    string Network,
    IReadOnlyList<WorkloadPlan> Workloads,
    IReadOnlyList<VolumePlan> Volumes,
    int? WebPort,
    bool Tls,
    string Config,
    string Operation,
    DateTimeOffset At)
{
    /// <summary>
    /// The number of the deployment with which its data began; 0 for the first app that had the instance's name. An app that
    /// takes the place of another begins anew: what it calls its network, volumes and kept values is not what the other called its own.
    /// </summary>
    public int Lineage { get; init; }

    // What was written before there was such a thing is read as null.
    /// <summary>What the operator gave, over <see cref="Config"/>; the next deployment of the app has it too.</summary>
    public IReadOnlyList<GivenValue> Given { get; init => field = value ?? []; } = [];

    /// <summary>The variables whose value in <see cref="Config"/> is from a sites file.</summary>
    public IReadOnlyList<VariableKey> SiteVariables { get; init => field = value ?? []; } = [];

    /// <summary>The kept values that were made anew; the next deployment of the app has the same.</summary>
    public IReadOnlyList<ValueVersion> Versions { get; init => field = value ?? []; } = [];

    /// <summary>What it has in shared servers.</summary>
    public IReadOnlyList<Tenancy> Tenancies { get; init => field = value ?? []; } = [];

    /// <summary>All that has variables.</summary>
    [JsonIgnore]
    public IEnumerable<IDeploymentPart> Parts => [.. Tenancies, .. Workloads];

    /// <summary>The shared servers it has something in.</summary>
    [JsonIgnore]
    public IEnumerable<InstanceName> Servers => Tenancies.Select(tenancy => tenancy.Server).Distinct();

    /// <summary>Whether it is of a server that instances share: its app is the server itself.</summary>
    [JsonIgnore]
    public bool IsSharedServer => App.Module is not null;

    /// <summary>The workload that is the app itself.</summary>
    public WorkloadPlan App => Workloads.Single(workload => workload.Role == WorkloadPlan.AppRole);

    /// <summary>The address visitors use; <see langword="null"/> when there is no web face.</summary>
    public Uri? AddressAt(int httpsPort) => WebPort is null
        ? null
        : new UriBuilder("https", Domain.Split('/')[0], httpsPort, string.Join('/', Domain.Split('/').Skip(1))).Uri;
}

/// <summary>A workload as decided: all but the values of its secrets, which stay in the vault.</summary>
/// <param name="Role"><c>app</c>, or the provider's name.</param>
/// <param name="Name">Its name on the engine.</param>
/// <param name="Module">The provider module that knows how to talk to it; <see langword="null"/> for apps and plain images.</param>
/// <param name="ModuleVersion">The version of that module, such as <c>15</c>: what its data was written by.</param>
/// <param name="Image">The reference it was chosen by.</param>
/// <param name="ImageId">The image's content address: what it runs.</param>
/// <param name="HasAgent">Whether the agent is its first process, and so in the image.</param>
/// <param name="Command">Replaces the image's command; empty keeps it.</param>
/// <param name="Env">Its environment.</param>
/// <param name="Mounts">Its mounts.</param>
/// <param name="Publish">Ports published on the host.</param>
/// <param name="Limits">What it may use.</param>
/// <param name="EngineOptions">See <see cref="WorkloadSpec.EngineOptions"/>.</param>
/// <param name="Operation">The operation that starts it; a provider kept from an earlier deployment keeps its own.</param>
public sealed record WorkloadPlan(
    string Role,
    string Name,
    string? Module,
    string? ModuleVersion,
    string Image,
    string ImageId,
    bool HasAgent,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, EnvValue> Env,
    IReadOnlyList<Mount> Mounts,
    IReadOnlyList<PublishedPort> Publish,
    Limits Limits,
    IReadOnlyDictionary<string, string> EngineOptions,
    string Operation) : IDeploymentPart
{
    /// <summary>The agent is who hands them over.</summary>
    bool IDeploymentPart.HidesSecrets => HasAgent;

    string? IDeploymentPart.ProviderModule => Module;

    /// <summary>The role of the app itself.</summary>
    public const string AppRole = "app";

    /// <summary>The role of what belongs to a command and not to a deployment. No provider has it: it is no name.</summary>
    public const string OneOffRole = "(one-off)";
}

/// <summary>A managed volume as decided.</summary>
/// <param name="Name">Its name on the engine.</param>
/// <param name="Role">The name the package gives it.</param>
/// <param name="Driver">Its driver.</param>
/// <param name="Options">The driver's options.</param>
/// <param name="Operation">The operation that first made it.</param>
public sealed record VolumePlan(
    string Name, string Role, string Driver, IReadOnlyDictionary<string, string> Options, string Operation)
{
    /// <summary>Whether what is in it lies on the engine; else it only leads to what lies elsewhere.</summary>
    [JsonIgnore]
    public bool HoldsData => Driver == "local" && Options.Count == 0;
}
