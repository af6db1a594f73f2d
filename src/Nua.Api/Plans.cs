namespace Nua.Api;

/// <summary>Asks what a deployment would do: whatever asks for a deployment asks for its plan, and a package that has yet to be built does too.</summary>
/// <param name="Image">The image to run; with a site or a package, that names it.</param>
/// <param name="Instance">What to call the instance; <see langword="null"/>: as the app is called.</param>
/// <param name="Domain">Where it answers; <see langword="null"/>: where it answered, or under the server's own suffix.</param>
/// <param name="Site">What the operator's sites file says of it.</param>
/// <param name="Replace">Whether it may take the place of another app of that name.</param>
/// <param name="AcceptDataLoss">Whether data may go that no verified recovery point holds.</param>
/// <param name="Package">An uploaded package that would be built first.</param>
/// <param name="Share">Providers that are to live in shared servers.</param>
public sealed record PlanBody(
    string? Image = null,
    string? Instance = null,
    string? Domain = null,
    SiteBody? Site = null,
    bool Replace = false,
    bool AcceptDataLoss = false,
    BuildBody? Package = null,
    IReadOnlyList<string>? Share = null);

/// <summary>What a deployment would do. It holds names, never the value of a variable.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Strategy"><c>new</c>; <c>return</c>: removed, and its data is there; <c>update</c>; <c>move-domain</c>; <c>replace</c>: another app.</param>
/// <param name="Changes">False when all is so already, and would only be tested.</param>
/// <param name="Number">The deployment that would serve.</param>
/// <param name="App">The app.</param>
/// <param name="Version">Its version and release.</param>
/// <param name="Image">The image it would run.</param>
/// <param name="Domain">Where it would answer.</param>
/// <param name="Url">Its address; <see langword="null"/> when it has no web face.</param>
/// <param name="Earlier">What serves now.</param>
/// <param name="AbandonedDomain">The domain that nobody would answer on afterwards.</param>
/// <param name="Workloads">What would be started, in order, what would stay, and what would go.</param>
/// <param name="Volumes">Its volumes, and those of the instance that it does not use.</param>
/// <param name="Variables">Variables that would be other than they are.</param>
/// <param name="Ports">Ports published on the host.</param>
/// <param name="Disk">Images that are not there yet.</param>
/// <param name="Gap">Whether visitors may meet nobody for a while.</param>
/// <param name="Steps">The steps of the operation, as its journal would name them.</param>
/// <param name="Refusal">Why the deployment would be refused all the same.</param>
public sealed record DeployPlanView(
    string Instance,
    string Strategy,
    bool Changes,
    int Number,
    string App,
    string Version,
    string Image,
    string Domain,
    string? Url,
    PlannedEarlier? Earlier,
    string? AbandonedDomain,
    IReadOnlyList<PlannedWorkload> Workloads,
    IReadOnlyList<PlannedVolume> Volumes,
    IReadOnlyList<PlannedVariable> Variables,
    IReadOnlyList<PlannedPort> Ports,
    IReadOnlyList<PlannedImage> Disk,
    bool Gap,
    IReadOnlyList<string> Steps,
    ProblemView? Refusal = null)
{
    /// <summary>What it would have in shared servers.</summary>
    public IReadOnlyList<PlannedShare> Shared { get; init; } = [];
}

/// <param name="Role">The provider's name.</param>
/// <param name="Server">The instance that the shared server is.</param>
/// <param name="Fate">Of its database there: <c>create</c> or <c>keep</c>.</param>
/// <param name="RefusesOld">Whether what serves can open no new connection to it from then on.</param>
public sealed record PlannedShare(string Role, string Server, string Fate, bool RefusesOld);

/// <param name="Number">Its number.</param>
/// <param name="App">The app.</param>
/// <param name="Version">Its version and release.</param>
/// <param name="Image">What it runs.</param>
/// <param name="Domain">Where it answers.</param>
public sealed record PlannedEarlier(int Number, string App, string Version, string Image, string Domain);

/// <param name="Role"><c>app</c>, or the provider's name.</param>
/// <param name="Change"><c>start</c>, <c>keep</c>, <c>retire</c>, or <c>renew</c>: it goes on running, with other passwords.</param>
/// <param name="Image">What it runs.</param>
/// <param name="StoppedFirst">
/// Why it would be stopped before its successor starts: <c>host-port</c>, <c>data-folder</c>, <c>service-name</c>; <see langword="null"/>: it would not.
/// </param>
/// <param name="RefusesOld">Of a server with other passwords: whether what serves can open no new connection to it from then on.</param>
public sealed record PlannedWorkload(
    string Role, string Change, string Image, string? StoppedFirst = null, bool RefusesOld = false);

/// <param name="Name">Its name on the engine.</param>
/// <param name="Fate"><c>create</c>, <c>keep</c>; <c>unused</c>: it stays, though nothing uses it; <c>destroy</c>.</param>
public sealed record PlannedVolume(string Name, string Fate);

/// <param name="Workload">Whose, by its role.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change"><c>add</c>, <c>change</c> or <c>remove</c>.</param>
/// <param name="Kind"><c>text</c>, <c>random</c>, <c>unique</c>, <c>provider</c>, or <c>operator</c>: <c>nua env set</c>.</param>
/// <param name="From">Of one that is looked up, the provider.</param>
public sealed record PlannedVariable(string Workload, string Name, string Change, string Kind, string? From = null);

/// <param name="Workload">Whose, by its role.</param>
/// <param name="Container">The port in the container.</param>
/// <param name="Host">The port of the host.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Change"><c>add</c>, <c>keep</c> or <c>remove</c>.</param>
public sealed record PlannedPort(string Workload, int Container, int Host, string Protocol, string Change);

/// <param name="Image">The image.</param>
/// <param name="Built">Whether it would be built of the package.</param>
/// <param name="LikelyBytes">What the image takes that it follows on; <see langword="null"/>: unknown.</param>
public sealed record PlannedImage(string Image, bool Built, long? LikelyBytes = null);
