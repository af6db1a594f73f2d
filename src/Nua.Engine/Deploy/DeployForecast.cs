using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What a deploy would do, for a reader: names and kinds, never the value of a variable.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Strategy">What the deploy would be to it.</param>
/// <param name="Unchanged">Whether all is so already: it would only be tested.</param>
/// <param name="Number">The deployment that would serve.</param>
/// <param name="AppId">The app.</param>
/// <param name="Version">Its version and release.</param>
/// <param name="Image">The image it would run.</param>
/// <param name="Domain">Where it would answer.</param>
public sealed record DeployForecast(
    InstanceName Instance,
    DeployStrategy Strategy,
    bool Unchanged,
    int Number,
    string AppId,
    string Version,
    string Image,
    string Domain)
{
    /// <summary>What serves now, or would if it were not stopped.</summary>
    public EarlierDeployment? Earlier { get; init; }

    /// <summary>The address of visitors; <see langword="null"/>: it has no web face.</summary>
    public Uri? Url { get; init; }

    /// <summary>Domain that nobody would answer on afterwards.</summary>
    public string? AbandonedDomain { get; init; }

    /// <summary>What would be started, in order, what would stay, and what would go.</summary>
    public required IReadOnlyList<WorkloadForecast> Workloads { get; init; }

    /// <summary>Its volumes, and those of the instance that it does not use.</summary>
    public required IReadOnlyList<VolumeForecast> Volumes { get; init; }

    /// <summary>What it would have in shared servers.</summary>
    public IReadOnlyList<TenancyForecast> Tenancies { get; init; } = [];

    /// <summary>Variables that would be other than they are.</summary>
    public required IReadOnlyList<VariableForecast> Variables { get; init; }

    /// <summary>Ports published on the host.</summary>
    public required IReadOnlyList<PortForecast> Ports { get; init; }

    /// <summary>Images that are not there yet, and so take disk.</summary>
    public required IReadOnlyList<ImageToHave> ImagesToHave { get; init; }

    /// <summary>
    /// Whether visitors may meet nobody for a while: something that serves is stopped before its successor starts, or can open no new
    /// connection to a server whose password is another by then.
    /// </summary>
    public required bool HasGap { get; init; }

    /// <summary>The steps of the operation, as its journal would name them.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>Why the deploy would be refused all the same: data is at stake, and nothing proves it nor was it given up.</summary>
    public Problem? Refusal { get; init; }
}

/// <param name="Number">Its number.</param>
/// <param name="AppId">The app.</param>
/// <param name="Version">Its version and release.</param>
/// <param name="Image">What it runs.</param>
/// <param name="Domain">Where it answers.</param>
public sealed record EarlierDeployment(int Number, string AppId, string Version, string Image, string Domain)
{
    internal static EarlierDeployment Of(Deployment deployment) => new(
        deployment.Number, deployment.AppId, deployment.Version, deployment.App.Image, deployment.Domain);
}

/// <param name="Role"><c>app</c>, or the provider's name.</param>
/// <param name="Change">What would become of it.</param>
/// <param name="Image">What it runs.</param>
/// <param name="StoppedFirst">Why it would be stopped before its successor is started; <see langword="null"/>: it would not.</param>
/// <param name="RefusesOld">Of a server with other passwords: whether what serves could open no new connection to it from then on.</param>
public sealed record WorkloadForecast(
    string Role, WorkloadChange Change, string Image, StopReason? StoppedFirst = null, bool RefusesOld = false);

/// <summary>What becomes of a workload.</summary>
public enum WorkloadChange
{
    /// <summary>It would be started.</summary>
    Start,

    /// <summary>It would stay as it is.</summary>
    Keep,

    /// <summary>It would be drained, stopped and removed.</summary>
    Retire,

    /// <summary>It would go on running, with other passwords.</summary>
    Renew,
}

/// <param name="Name">Its name on the engine.</param>
/// <param name="Fate">What would become of it.</param>
public sealed record VolumeForecast(string Name, VolumeFate Fate);

/// <param name="Role">The provider's name.</param>
/// <param name="Server">The shared server.</param>
/// <param name="Fate">What would become of its database there: it would be made, or is there.</param>
/// <param name="RefusesOld">Whether it would have another password, with which what serves could open no new connection.</param>
public sealed record TenancyForecast(string Role, InstanceName Server, VolumeFate Fate, bool RefusesOld);

/// <summary>What becomes of a volume.</summary>
public enum VolumeFate
{
    /// <summary>It would be made.</summary>
    Create,

    /// <summary>It is there, and its data would be used.</summary>
    Keep,

    /// <summary>It is there and would stay, though nothing would use it.</summary>
    Unused,

    /// <summary>Its data would go, once the new app serves.</summary>
    Destroy,
}

/// <param name="Workload">Whose, by its role.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change">What would become of it.</param>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="From">Of one that is looked up, the provider.</param>
public sealed record VariableForecast(string Workload, string Name, ForecastChange Change, VariableKind Kind, string? From = null);

/// <summary>What becomes of a variable or a port.</summary>
public enum ForecastChange
{
    /// <summary>It is new.</summary>
    Add,

    /// <summary>It is there, otherwise.</summary>
    Change,

    /// <summary>It would be gone.</summary>
    Remove,

    /// <summary>It is so already.</summary>
    Keep,
}

/// <summary>Where the value of a variable comes from.</summary>
public enum VariableKind
{
    /// <summary>It is written in the package or in a sites file.</summary>
    Text,

    /// <summary>It is made by chance, or holds one that is: a secret.</summary>
    Random,

    /// <summary>A name that is unique on the server.</summary>
    Unique,

    /// <summary>It is looked up from a provider or another workload.</summary>
    Provider,

    /// <summary>The operator gave it.</summary>
    Operator,
}

/// <param name="Workload">Whose, by its role.</param>
/// <param name="Container">The port in the container.</param>
/// <param name="Host">The port of the host.</param>
/// <param name="Udp">Whether it is UDP.</param>
/// <param name="Change">What would become of it.</param>
public sealed record PortForecast(string Workload, int Container, int Host, bool Udp, ForecastChange Change);

/// <param name="Reference">The image.</param>
/// <param name="IsBuilt">Whether it would be built of the package, rather than fetched or made of the distribution's packages.</param>
/// <param name="LikelyBytes">What the image takes that it follows on; <see langword="null"/>: unknown.</param>
public sealed record ImageToHave(string Reference, bool IsBuilt, long? LikelyBytes = null);
