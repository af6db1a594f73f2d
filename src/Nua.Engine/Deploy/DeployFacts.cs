using Nua.Core.Packages;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Images;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What a deploy found before it decided anything; journaled, so that the decision is the same after a crash.</summary>
/// <param name="Image">The app's image: a name that stays with this version.</param>
/// <param name="ImageId">Its content address.</param>
/// <param name="HasAgent">Whether the agent is its first process.</param>
/// <param name="Config">The nua-config in it, as normalised JSON.</param>
/// <param name="Instance">The instance as it is wanted so far; <see langword="null"/> when it is new.</param>
/// <param name="Latest">Its newest deployment, also of a removed instance.</param>
/// <param name="Domain">Where it is to answer: as asked, as it does, or the default; its host in lower case.</param>
/// <param name="DomainHolder">Another instance that has the domain, or is in its way on the same host.</param>
/// <param name="HttpsPort">The port visitors use.</param>
/// <param name="ExternalIp">The server's own address; empty when it has none.</param>
public sealed record DeployFacts(
    string Image,
    string ImageId,
    bool HasAgent,
    string Config,
    InstanceRecord? Instance,
    Deployment? Latest,
    string Domain,
    string? DomainHolder,
    int HttpsPort,
    string ExternalIp)
{
    /// <summary>The images of its sub-applications that were built with it: <c>reference@id</c> by the provider's name.</summary>
    public IReadOnlyDictionary<string, string> SubApplications { get; init; } = new Dictionary<string, string>();

    /// <summary>What <see cref="DomainHolder"/> answers on: the domain itself, the whole host, or a path of it.</summary>
    public string? HeldDomain { get; init; }

    /// <summary>The volumes that the engine has of the instance, whatever deployment made them.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    // What was journaled before there was such a thing is read as null.
    /// <summary>What the operator gave, as it is to be from now on; see <see cref="Deployment.Given"/>.</summary>
    public IReadOnlyList<GivenValue> Given { get; init => field = value ?? []; } = [];

    /// <summary>See <see cref="Deployment.SiteVariables"/>.</summary>
    public IReadOnlyList<VariableKey> SiteVariables { get; init => field = value ?? []; } = [];

    /// <summary>The kept values that were made anew, or are to be; see <see cref="Deployment.Versions"/>.</summary>
    public IReadOnlyList<ValueVersion> Versions { get; init => field = value ?? []; } = [];

    /// <summary>Providers of which it was said whether they live in a shared server, by their names.</summary>
    public IReadOnlyDictionary<string, bool> Sharing { get; init => field = value ?? new Dictionary<string, bool>(); } = new Dictionary<string, bool>();

    /// <summary>What the instance is a shared server of; <see langword="null"/>: it is none.</summary>
    public ServerKind? ServerKind { get; init; }

    /// <summary>Whether the provider lives in a shared server: as was said, else as it does.</summary>
    internal bool IsShared(string provider, Package package) => Sharing.TryGetValue(provider, out var said)
        ? said
        : HeritageOf(package.Metadata.Id)?.Tenancies.Any(tenancy => tenancy.Role == provider) is true;

    /// <summary>The deployment that serves now, or would if it were not stopped.</summary>
    public Deployment? Serving => ServingOf(Instance, Latest);

    /// <summary>Whether the instance is there but stopped or paused, as was asked.</summary>
    public bool IsAtRest => Instance is { IsThere: true, Desired: not DesiredState.Started };

    /// <summary>The deployment whose data is there.</summary>
    public Deployment? Heritage => Instance is { Desired: DesiredState.Erased } ? null : Latest;

    /// <summary>The deployment whose data an app goes on with: there is none when the data is another app's.</summary>
    public Deployment? HeritageOf(string appId) => Heritage?.AppId == appId ? Heritage : null;

    /// <summary>The facts with the values that were given and made anew before, in the deployment that is followed.</summary>
    internal DeployFacts WithValuesOf(Deployment? before) =>
        before is null ? this : this with { Given = before.Given, Versions = before.Versions };

    /// <summary>Whether what serves has all that the operator gave already.</summary>
    internal bool IsConfigured => Serving is { } serving && serving.Given.SequenceEqual(Given);

    /// <summary>What was given to that app: nothing, when the data is another app's.</summary>
    internal IReadOnlyList<GivenValue> GivenTo(string appId) => IsAnothers(appId) ? [] : Given;

    /// <summary>The same of the values that were made anew.</summary>
    internal IReadOnlyList<ValueVersion> VersionsOf(string appId) => IsAnothers(appId) ? [] : Versions;

    private bool IsAnothers(string appId) => Heritage is { } heritage && heritage.AppId != appId;

    /// <summary>See <see cref="Deployment.Lineage"/>, for a deployment of that app.</summary>
    internal int LineageOf(string appId) => Heritage is null ? 0 : HeritageOf(appId)?.Lineage ?? NextNumber;

    /// <summary>Of an instance that was not removed, its newest deployment.</summary>
    internal static Deployment? ServingOf(InstanceRecord? instance, Deployment? latest) =>
        instance is { IsThere: true } ? latest : null;

    /// <summary>The number of the deployment to come.</summary>
    public int NextNumber => (Latest?.Number ?? 0) + 1;
}

/// <summary>An image a provider runs, once it is there.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Reference">The name the engine runs it by.</param>
/// <param name="Id">Its content address.</param>
/// <param name="HasAgent">Whether the agent is its first process.</param>
public sealed record ProviderImage(string Provider, string Reference, string Id, bool HasAgent)
{
    /// <summary>An image that is there, as the one that a provider runs.</summary>
    public static ProviderImage Of(string provider, Image image) =>
        new(provider, image.Reference, image.Id, image.Labels.ContainsKey(ImageLabels.Agent));

    /// <summary>Those that the providers of a deployment run.</summary>
    internal static IReadOnlyList<ProviderImage> AllOf(Deployment deployment) =>
    [
        .. from workload in deployment.Workloads
           where workload.Role != WorkloadPlan.AppRole
           select new ProviderImage(workload.Role, workload.Image, workload.ImageId, workload.HasAgent),
    ];
}
