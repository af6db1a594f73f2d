using System.Text.Json;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Providers;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Decides what a deploy will do. Pure: the same request and facts give the same plan.</summary>
internal sealed class DeployPlanner(EngineNames names, ProviderCatalog catalog)
{
    /// <exception cref="NuaException">When the request conflicts with what is there, or the package cannot be run.</exception>
    public DeployPlan Plan(
        DeployRequest request, DeployFacts facts, Package package, IReadOnlyList<ProviderImage> images, string operation)
    {
        Refuse(request, facts, package);

        var draft = new InstanceDraft(names, catalog, request.Instance, facts, package, images, operation);
        var deployment = draft.ToDeployment();
        var serving = facts.Serving;
        var kept = Kept(deployment, serving);
        var replaced = serving?.Workloads.Where(old => kept.All(workload => workload.Name != old.Name)).ToList() ?? [];
        var added = deployment.Workloads.Where(workload => Same(kept, workload) is null).ToList();

        return new DeployPlan(
            deployment with { Workloads = [.. deployment.Workloads.Select(workload => Same(kept, workload) ?? workload)] },
            package,
            added,
            [.. replaced.Where(old => CannotShare(old, added))],
            replaced,
            IsUnchanged(deployment, facts, added));
    }

    // What is at rest is proven anew before visitors are let in.
    private static bool IsUnchanged(Deployment wanted, DeployFacts facts, List<WorkloadPlan> added) =>
        added.Count == 0
        && !facts.IsAtRest
        && facts.Serving is { } serving
        && serving.Domain == wanted.Domain
        && serving.Config == wanted.Config;

    private static void Refuse(DeployRequest request, DeployFacts facts, Package package)
    {
        if (facts.DomainHolder is { } holder)
        {
            throw new NuaException(DeployProblems.DomainTaken(request.Instance, facts.Domain, holder));
        }

        if (facts.Heritage is { } heritage && heritage.AppId != package.Metadata.Id)
        {
            throw new NuaException(DeployProblems.OtherApp(request.Instance, heritage.AppId, package.Metadata.Id));
        }
    }

    /// <summary>The serving workloads that are already what is wanted, under the names and operations they have.</summary>
    private static List<WorkloadPlan> Kept(Deployment wanted, Deployment? serving) =>
        [.. from workload in wanted.Workloads
            let old = serving?.Workloads.FirstOrDefault(old => old.Role == workload.Role)
            where old is not null && Text(old) == Text(workload with { Name = old.Name, Operation = old.Operation })
            select old];

    private static WorkloadPlan? Same(List<WorkloadPlan> kept, WorkloadPlan workload) =>
        kept.FirstOrDefault(old => old.Role == workload.Role);

    /// <summary>Two servers on one data folder, or on one port of the host, harm each other; two copies of an app do not.</summary>
    private static bool CannotShare(WorkloadPlan old, List<WorkloadPlan> added) =>
        old.Role != WorkloadPlan.AppRole
        || added.Any(workload => workload.Publish.Any(port => old.Publish.Any(taken => taken.Host == port.Host)));

    private static string Text(WorkloadPlan workload) => JsonSerializer.Serialize(workload, EngineJson.Default.WorkloadPlan);
}
