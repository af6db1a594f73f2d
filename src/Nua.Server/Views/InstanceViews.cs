using Nua.Api;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Server.Views;

/// <summary>Instances as they travel. Pure.</summary>
internal static class InstanceViews
{
    private const string Unknown = "unknown";

    /// <summary>An instance; without an inventory its state is unknown.</summary>
    public static InstanceView Of(InstanceRecord record, Deployment deployment, Inventory? inventory, int httpsPort) => new(
        record.Name.ToString(),
        record.AppId,
        deployment.Version,
        record.Domain,
        deployment.AddressAt(httpsPort)?.AbsoluteUri,
        StateOf(record, deployment, inventory),
        record.Deployment,
        deployment.App.Image,
        record.CreatedAt);

    /// <summary>A workload; without an inventory its state is unknown.</summary>
    public static InstanceWorkload Of(WorkloadPlan plan, Inventory? inventory) => inventory is null
        ? new InstanceWorkload(plan.Role, plan.Name, plan.Image, Unknown)
        : Find(plan, inventory) is { } found
            ? new InstanceWorkload(
                plan.Role,
                plan.Name,
                plan.Image,
                Kebab.Of(found.Status),
                found.StartedAt,
                found.Restarts,
                found.Status is WorkloadStatus.Running ? null : found.ExitCode,
                found.OutOfMemory)
            : new InstanceWorkload(plan.Role, plan.Name, plan.Image, "missing");

    /// <summary>A line of the history.</summary>
    public static DeploymentView Of(Deployment deployment, InstanceRecord record) => new(
        deployment.Number,
        deployment.Version,
        deployment.Domain,
        deployment.App.Image,
        deployment.App.ImageId,
        deployment.At,
        deployment.Operation,
        deployment.Number == record.Deployment);

    /// <summary>A value that depends on something made at the deployment lies in the vault, which is not opened to look at it.</summary>
    public static IEnumerable<VariableView> VariablesOf(IDeploymentPart part, VariableOrigins origins) =>
        from variable in part.Env
        orderby variable.Key
        let kept = variable.Value.Parts.Any(part => part.Kept is not null)
        let origin = origins.Of(part, variable.Key)
        select new VariableView(
            part.Role,
            variable.Key,
            kept ? null : variable.Value.Fill(_ => ""),
            variable.Value.IsSecret,
            Kebab.Of(origin.Origin),
            origin.From);

    private static string StateOf(InstanceRecord record, Deployment deployment, Inventory? inventory)
    {
        if (record.Desired is not DesiredState.Started)
        {
            return Kebab.Of(record.Desired);
        }

        if (inventory is null)
        {
            return Unknown;
        }

        var idle = deployment.Workloads.Where(plan => Find(plan, inventory) is not { Status: WorkloadStatus.Running }).ToList();
        var isCutOff = deployment.Servers.Any(server => inventory.Workloads.All(workload =>
            workload.Owner.Instance != server || workload is not { Status: WorkloadStatus.Running, Owner.Role: WorkloadPlan.AppRole }));
        return idle.Count == 0 && !isCutOff ? "running" : idle.Contains(deployment.App) ? "down" : "degraded";
    }

    private static Workload? Find(WorkloadPlan plan, Inventory inventory) =>
        inventory.Workloads.FirstOrDefault(workload => workload.Id.Value == plan.Name);
}
