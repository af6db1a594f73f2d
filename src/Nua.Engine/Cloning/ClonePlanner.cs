using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Cloning;

/// <summary>Decides what a clone will do. Pure.</summary>
internal sealed class ClonePlanner(EngineSeams seams)
{
    /// <exception cref="NuaException">
    /// <c>clone.target-exists</c>, <c>clone.port-published</c>, <c>clone.shared-data</c>, <c>clone.volume-gone</c>, and what refuses a deploy
    /// </exception>
    public ClonePlan Plan(CloneRequest request, CloneFacts facts, string operation)
    {
        if (facts.Target.Heritage is not null || facts.Target.Volumes.Count > 0)
        {
            throw new NuaException(CloneProblems.TargetExists(request.As));
        }

        var plan = Decide(request, facts, operation);
        RefusePorts(request, plan.Deployment);
        if (!request.Share)
        {
            RefuseSharing(request, plan.Deployment);
        }

        var copies = Copies(facts.Source, plan.Deployment).ToList();
        RefuseMissing(request, copies, facts.Volumes);
        return new ClonePlan(plan, copies, Values(facts.Source, plan.Deployment));
    }

    /// <summary>The very images the source runs, under the same effective config, with names of its own.</summary>
    private DeployPlan Decide(CloneRequest request, CloneFacts facts, string operation)
    {
        var source = facts.Source;
        var plan = new DeployPlanner(seams.Names, seams.Providers).Plan(
            new DeployRequest(source.App.Image, request.As, request.Domain),
            facts.Target.WithValuesOf(source) with { SiteVariables = source.SiteVariables },
            PackageReader.Read("nua-config.json", source.Config),
            ProviderImage.AllOf(source),
            operation);
        var workloads = plan.Deployment.Workloads.Select(workload => WithVersionOf(source, workload)).ToList();
        return plan with { Deployment = plan.Deployment with { Workloads = workloads }, NewWorkloads = workloads };
    }

    /// <summary>The data was written by the version the source runs, whatever could be had now.</summary>
    private static WorkloadPlan WithVersionOf(Deployment source, WorkloadPlan workload) => workload with
    {
        ModuleVersion = source.Workloads.FirstOrDefault(old => old.Role == workload.Role)?.ModuleVersion ?? workload.ModuleVersion,
    };

    private static void RefusePorts(CloneRequest request, Deployment target)
    {
        if (target.Workloads.SelectMany(workload => workload.Publish).FirstOrDefault() is { } published)
        {
            throw new NuaException(CloneProblems.PublishedPort(request.Source, published.Host));
        }
    }

    private static void RefuseSharing(CloneRequest request, Deployment target)
    {
        var folders = target.Workloads.SelectMany(workload => workload.Mounts)
            .OfType<Mount.OfDirectory>()
            .Where(mount => !mount.ReadOnly)
            .Select(mount => $"folder {mount.HostPath}");
        var foreign = target.Volumes.Where(volume => !volume.HoldsData).Select(volume => $"volume {volume.Role} ({volume.Driver})");
        if (folders.Concat(foreign).Distinct().ToList() is [_, ..] places)
        {
            throw new NuaException(CloneProblems.SharedData(request.Source, places));
        }
    }

    /// <summary>An engine makes what is mounted and is not there: it would be copied as empty.</summary>
    private static void RefuseMissing(CloneRequest request, IEnumerable<VolumeCopy> copies, IReadOnlyList<string> there)
    {
        if (copies.FirstOrDefault(copy => !there.Contains(copy.From.Name)) is { } gone)
        {
            throw new NuaException(CloneProblems.VolumeGone(request.Source, gone.From.Name));
        }
    }

    private static IEnumerable<VolumeCopy> Copies(Deployment source, Deployment target) =>
        from to in target.Volumes
        where to.HoldsData
        from old in source.Volumes
        where old.Role == to.Role
        select new VolumeCopy(old, to);

    /// <summary>
    /// The data may have been written with any value that persists (a password, a key), so the copy keeps all of them; what does
    /// not persist is made anew. Where a value of the copy stands, the source's stands in its own deployment. What the operator gave to
    /// workloads that it has not now, a later version may have again, as on the source.
    /// </summary>
    private static Dictionary<KeptReference, KeptKey> Values(Deployment source, Deployment target)
    {
        var values = target.Given.Select(given => given.Value.Kept).OfType<KeptReference>().Distinct().ToDictionary(kept => kept, kept => kept.Key);
        foreach (var workload in target.Workloads)
        {
            var old = source.Workloads.FirstOrDefault(old => old.Role == workload.Role)?.Env ?? new Dictionary<string, EnvValue>();
            foreach (var (name, value) in workload.Env.Where(variable => old.ContainsKey(variable.Key)))
            {
                foreach (var (part, was) in value.Parts.Zip(old[name].Parts))
                {
                    if (part.Kept is { } kept && was.Kept is { } original && !KeptNames.IsMadeBy(kept.Name, target.Operation))
                    {
                        values[kept] = new KeptKey(original.Owner, original.Name);
                    }
                }
            }
        }

        return values;
    }
}
