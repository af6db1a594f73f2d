using Nua.Api;
using Nua.Engine.Deploy;

namespace Nua.Server.Views;

/// <summary>Plans of deployments as they travel.</summary>
internal static class DeployPlanViews
{
    /// <summary>The plan as it travels.</summary>
    public static DeployPlanView Of(DeployForecast plan) => new(
        plan.Instance.ToString(),
        Kebab.Of(plan.Strategy),
        !plan.Unchanged,
        plan.Number,
        plan.AppId,
        plan.Version,
        plan.Image,
        plan.Domain,
        plan.Url?.ToString(),
        plan.Earlier is { } old ? new PlannedEarlier(old.Number, old.AppId, old.Version, old.Image, old.Domain) : null,
        plan.AbandonedDomain,
        [.. plan.Workloads.Select(Of)],
        [.. plan.Volumes.Select(volume => new PlannedVolume(volume.Name, Kebab.Of(volume.Fate)))],
        [.. plan.Variables.Select(Of)],
        [.. plan.Ports.Select(Of)],
        [.. plan.ImagesToHave.Select(image => new PlannedImage(image.Reference, image.IsBuilt, image.LikelyBytes))],
        plan.HasGap,
        plan.Steps,
        plan.Refusal is { } refusal ? ProblemViews.Of(refusal) : null)
    {
        Shared = [.. plan.Tenancies.Select(one => new PlannedShare(one.Role, one.Server.ToString(), Kebab.Of(one.Fate), one.RefusesOld))],
    };

    private static PlannedWorkload Of(WorkloadForecast workload) => new(
        workload.Role,
        Kebab.Of(workload.Change),
        workload.Image,
        workload.StoppedFirst is { } reason ? Kebab.Of(reason) : null,
        workload.RefusesOld);

    private static PlannedVariable Of(VariableForecast variable) => new(
        variable.Workload, variable.Name, Kebab.Of(variable.Change), Kebab.Of(variable.Kind), variable.From);

    private static PlannedPort Of(PortForecast port) => new(
        port.Workload, port.Container, port.Host, port.Udp ? "udp" : "tcp", Kebab.Of(port.Change));
}
