using System.Text.Json;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Providers;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Decides what a deploy will do. Pure: the same request and facts give the same plan.</summary>
internal sealed class DeployPlanner(EngineNames names, ProviderCatalog catalog)
{
    /// <summary>What the deploy is to the instance.</summary>
    /// <exception cref="NuaException">
    /// <c>deploy.domain-taken</c>, <c>deploy.host-shared</c>; <c>deploy.other-app</c>: it is another app's, and nobody said to replace it
    /// </exception>
    public static DeployStrategy StrategyOf(DeployRequest request, DeployFacts facts, Package package)
    {
        if (facts.DomainHolder is { } holder)
        {
            throw new NuaException(DeployProblems.DomainTaken(request.Instance, facts.Domain, holder, facts.HeldDomain));
        }

        return (facts.Heritage, facts.Serving) switch
        {
            (null, _) => DeployStrategy.New,
            ({ AppId: var other }, _) when other != package.Metadata.Id => request.Replace
                ? DeployStrategy.Replace
                : throw new NuaException(DeployProblems.OtherApp(request.Instance, other, package.Metadata.Id)),
            (_, null) => DeployStrategy.Return,
            (_, { Domain: var domain }) => domain == facts.Domain ? DeployStrategy.Update : DeployStrategy.MoveDomain,
        };
    }

    /// <exception cref="NuaException">When the request conflicts with what is there, or the package cannot be run.</exception>
    public DeployPlan Plan(
        DeployRequest request, DeployFacts facts, Package package, IReadOnlyList<ProviderImage> images, string operation)
    {
        var strategy = StrategyOf(request, facts, package);
        ShareRules.Refuse(request.Instance, facts, package);
        var draft = new InstanceDraft(names, catalog, request.Instance, facts, package, images, operation);
        var deployment = draft.ToDeployment();
        ShareRules.RefuseItself(deployment);
        RefuseOtherDriver(deployment, facts.HeritageOf(deployment.AppId));
        HostFolders.RefuseNew(request, deployment, facts.Serving);
        var serving = facts.Serving;
        var renewals = strategy is DeployStrategy.Replace ? [] : Renewals(deployment, serving);
        IReadOnlyList<WorkloadPlan> kept = strategy is DeployStrategy.Replace
            ? []
            : [.. Kept(deployment, serving), .. renewals.Select(renewal => renewal.New)];
        var replaced = serving?.Workloads.Where(old => kept.All(workload => workload.Name != old.Name)).ToList() ?? [];
        var added = deployment.Workloads.Where(workload => Same(kept, workload) is null).ToList();

        return new DeployPlan(
            strategy,
            deployment with { Workloads = [.. deployment.Workloads.Select(workload => Same(kept, workload) ?? workload)] },
            package,
            added,
            [.. SideBySide.Refused(replaced, added, oneNetwork: serving?.Network == deployment.Network)],
            replaced,
            renewals.Count == 0 && IsUnchanged(deployment, facts, added))
        {
            Renewals = renewals,
            GivenUp = strategy is DeployStrategy.Replace && GivenUp(request, facts) is { IsNothing: false } data ? data : null,
        };
    }

    /// <summary>An engine keeps a volume as it was made: what is asked of its driver now would silently be without effect.</summary>
    private static void RefuseOtherDriver(Deployment wanted, Deployment? heritage)
    {
        foreach (var volume in wanted.Volumes)
        {
            if (heritage?.Volumes.FirstOrDefault(old => old.Name == volume.Name) is { } old && !VolumeSettings.AreMadeAlike(old, volume))
            {
                throw new NuaException(DeployProblems.VolumeMadeOtherwise(volume));
            }
        }
    }

    // What is at rest is proven anew before visitors are let in.
    private static bool IsUnchanged(Deployment wanted, DeployFacts facts, List<WorkloadPlan> added) =>
        added.Count == 0
        && !facts.IsAtRest
        && facts.Serving is { } serving
        && serving.Domain == wanted.Domain
        && serving.Config == wanted.Config
        && serving.Given.SequenceEqual(wanted.Given)
        && serving.Versions.SequenceEqual(wanted.Versions)
        && serving.Tenancies.Select(Text).SequenceEqual(wanted.Tenancies.Select(Text));

    private static DataAtStake GivenUp(DeployRequest request, DeployFacts facts) => new(
        request.Instance,
        "replaced",
        facts.Volumes,
        request.AcceptDataLoss,
        "Deploy the new app under another name with --as NAME, or give the data up with --replace --accept-data-loss.")
    {
        Databases = [.. facts.Heritage!.Tenancies.Select(DataAtStake.NameOf)],
    };

    /// <summary>The serving workloads that are already what is wanted, under the names and operations they have.</summary>
    private static List<WorkloadPlan> Kept(Deployment wanted, Deployment? serving) =>
        [.. from workload in wanted.Workloads
            let old = serving?.Workloads.FirstOrDefault(old => old.Role == workload.Role)
            where old is not null && Text(old) == Text(workload with { Name = old.Name, Operation = old.Operation })
            select old];

    /// <summary>The serving workloads of which nothing is other than wanted but credentials that can be changed while they run.</summary>
    private List<Renewal> Renewals(Deployment wanted, Deployment? serving) =>
        [.. from workload in wanted.Workloads
            let old = serving?.Workloads.FirstOrDefault(old => old.Role == workload.Role)
            let module = workload.Module is { } name ? catalog.Find(name) as IRotatesCredentials : null
            where old is not null && module is not null
            let renewed = workload with { Name = old.Name, Operation = old.Operation }
            where CredentialDrift.IsAll(old, renewed, module)
            select new Renewal(old, renewed, module)];

    private static WorkloadPlan? Same(IReadOnlyList<WorkloadPlan> kept, WorkloadPlan workload) =>
        kept.FirstOrDefault(old => old.Role == workload.Role);

    internal static string Text(WorkloadPlan workload) => JsonSerializer.Serialize(workload, EngineJson.Default.WorkloadPlan);

    internal static string Text(Tenancy tenancy) => JsonSerializer.Serialize(tenancy, EngineJson.Default.Tenancy);
}
