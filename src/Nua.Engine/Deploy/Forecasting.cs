using Nua.Engine.Deploy.Values;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Tells a plan to a reader. Pure; the value of a variable never gets into it.</summary>
/// <param name="plan">What the deploy would do.</param>
/// <param name="facts">What it was decided on.</param>
/// <param name="opening">The steps that come before those of the plan.</param>
internal sealed class Forecasting(DeployPlan plan, DeployFacts facts, IReadOnlyList<string> opening)
{
    private readonly Deployment _next = plan.Deployment;
    private readonly Deployment? _serving = facts.Serving;

    /// <summary>What the data that is there was last used with, by the same app.</summary>
    private readonly Deployment? _before = facts.HeritageOf(plan.Deployment.AppId);

    public DeployForecast Tell(IReadOnlyList<ImageToHave> imagesToHave) => new(
        _next.Instance,
        plan.Strategy,
        plan.Unchanged,
        plan.Unchanged ? _serving!.Number : _next.Number,
        _next.AppId,
        _next.Version,
        _next.App.Image,
        _next.Domain)
    {
        Earlier = _serving is null ? null : EarlierDeployment.Of(_serving),
        Url = _next.AddressAt(facts.HttpsPort),
        AbandonedDomain = DeploySteps.Abandoned(plan, _serving),
        Workloads = [.. _next.Workloads.Select(Staying), .. plan.Retiring.Select(Going)],
        Volumes = [.. Volumes()],
        Tenancies = [.. _next.Tenancies.Select(Moving)],
        Variables = [.. _next.Parts.SelectMany(VariablesOf)],
        Ports = [.. Ports()],
        ImagesToHave = imagesToHave,
        HasGap = !facts.IsAtRest && (plan.StopFirst.Count > 0 || plan.Renewals.Any(renewal => !renewal.TakesBoth) || _next.Tenancies.Any(IsToldAnother)),
        Steps = [.. opening, .. DeploySteps.Of(plan, facts)],
        Refusal = plan.GivenUp is { } data ? DataGate.Refusal(data) : null,
    };

    /// <summary>All is so already, and what serves is left alone.</summary>
    public static DeployForecast Nothing(Deployment serving, int httpsPort, IReadOnlyList<string> steps) => new(
        serving.Instance,
        DeployStrategy.Update,
        Unchanged: true,
        serving.Number,
        serving.AppId,
        serving.Version,
        serving.App.Image,
        serving.Domain)
    {
        Earlier = EarlierDeployment.Of(serving),
        Url = serving.AddressAt(httpsPort),
        Workloads = [.. serving.Workloads.Select(workload => new WorkloadForecast(workload.Role, WorkloadChange.Keep, workload.Image))],
        Volumes = [.. serving.Volumes.Select(volume => new VolumeForecast(volume.Name, VolumeFate.Keep))],
        Variables = [],
        Ports = [],
        ImagesToHave = [],
        HasGap = false,
        Steps = steps,
    };

    private TenancyForecast Moving(Tenancy tenancy) => new(
        tenancy.Role,
        tenancy.Server,
        _before?.Tenancies.Any(old => old.Role == tenancy.Role) is true ? VolumeFate.Keep : VolumeFate.Create,
        IsToldAnother(tenancy));

    /// <summary>Whether what serves has a password for it that is no longer good then.</summary>
    private bool IsToldAnother(Tenancy tenancy) =>
        _serving?.Tenancies.FirstOrDefault(old => old.Role == tenancy.Role) is { } old
        && old.Env.Any(variable => variable.Value.IsSecret && tenancy.Env.GetValueOrDefault(variable.Key) != variable.Value);

    private WorkloadForecast Staying(WorkloadPlan workload) =>
        plan.Renewals.FirstOrDefault(renewal => renewal.New == workload) is { } renewal
            ? new WorkloadForecast(workload.Role, WorkloadChange.Renew, workload.Image, RefusesOld: !renewal.TakesBoth)
            : new WorkloadForecast(
                workload.Role, plan.NewWorkloads.Contains(workload) ? WorkloadChange.Start : WorkloadChange.Keep, workload.Image);

    private WorkloadForecast Going(WorkloadPlan old) => new(
        old.Role, WorkloadChange.Retire, old.Image, plan.StopFirst.FirstOrDefault(early => early.Workload == old)?.Because);

    private IEnumerable<VolumeForecast> Volumes()
    {
        foreach (var volume in _next.Volumes)
        {
            yield return new VolumeForecast(volume.Name, facts.Volumes.Contains(volume.Name) ? VolumeFate.Keep : VolumeFate.Create);
        }

        foreach (var name in facts.Volumes.Where(name => _next.Volumes.All(volume => volume.Name != name)))
        {
            yield return new VolumeForecast(name, plan.GivenUp is null ? VolumeFate.Unused : VolumeFate.Destroy);
        }
    }

    private IEnumerable<VariableForecast> VariablesOf(IDeploymentPart workload)
    {
        var old = _before?.Parts.FirstOrDefault(before => before.Role == workload.Role)?.Env ?? new Dictionary<string, EnvValue>();
        foreach (var (name, value) in workload.Env.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!old.TryGetValue(name, out var was))
            {
                yield return Variable(workload.Role, name, ForecastChange.Add, value);
            }
            else if (was != value)
            {
                yield return Variable(workload.Role, name, ForecastChange.Change, value);
            }
        }

        foreach (var (name, was) in old.Where(variable => !workload.Env.ContainsKey(variable.Key)))
        {
            yield return Variable(workload.Role, name, ForecastChange.Remove, was);
        }
    }

    private VariableForecast Variable(string role, string name, ForecastChange change, EnvValue value)
    {
        var from = VariableOrigins.ProviderOf(plan.Package, new VariableKey(role, name), value);
        var kind = IsGiven(role, name, change) ? VariableKind.Operator
            : from is not null ? VariableKind.Provider
            : value.IsSecret ? VariableKind.Random
            : value.Parts.Any(part => part.Kept is not null) ? VariableKind.Unique
            : VariableKind.Text;
        return new VariableForecast(role, name, change, kind, kind is VariableKind.Provider ? from : null);
    }

    private bool IsGiven(string role, string name, ForecastChange change) =>
        ((change is ForecastChange.Remove ? _before : _next)?.Given ?? []).Any(given => given.Workload == role && given.Name == name);

    private IEnumerable<PortForecast> Ports()
    {
        var wanted = PublishedBy(_next);
        var taken = _serving is null ? [] : PublishedBy(_serving);
        return wanted.Select(port => Port(port, taken.Contains(port) ? ForecastChange.Keep : ForecastChange.Add))
            .Concat(taken.Except(wanted).Select(port => Port(port, ForecastChange.Remove)));
    }

    private static List<(string Role, PublishedPort Port)> PublishedBy(Deployment deployment) =>
        [.. deployment.Workloads.SelectMany(workload => workload.Publish.Select(port => (workload.Role, port)))];

    private static PortForecast Port((string Role, PublishedPort Port) published, ForecastChange change) =>
        new(published.Role, published.Port.Container, published.Port.Host, published.Port.Udp, change);
}
