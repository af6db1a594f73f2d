using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images;

namespace Nua.Engine.Build;

/// <summary>Reads a package and says how its image would be built, and those of its sub-applications. It changes nothing.</summary>
public sealed class PlanBuild(BuildSettings settings)
{
    public BuildPlan Run(BuildRequest request, CancellationToken cancellation) =>
        Plan(request, new Silence(), cancellation).Plan;

    internal PlannedBuild Plan(BuildRequest request, IProgress<string> log, CancellationToken cancellation)
    {
        var file = PackageLocator.Find(request.Folder);
        var reading = PackageReader.Inspect(file);
        foreach (var finding in reading.Findings)
        {
            log.Report(finding.ToString());
        }

        var package = reading.Package ?? throw new NuaException(new PackageException(reading.Findings).Problem);
        var parts = SubApplication.AllOf(package)
            .ToDictionary(part => part.Name, part => PlanPart(part, package, file.Root, request.NoCache, cancellation));
        var plans = parts.ToDictionary(part => part.Key, part => part.Value.Plan);
        var planned = Plan(SubApplication.Complete(package, plans), file.Root, request.NoCache, cancellation);
        return planned with { Plan = planned.Plan with { SubApplications = plans }, SubApplications = parts };
    }

    private PlannedBuild PlanPart(SubApplication part, Package whole, string root, bool noCache, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, part.Folder);
        if (!Directory.Exists(folder))
        {
            throw new NuaException(BuildProblems.OfSubApplication(part.Name, BuildProblems.NoProject(part.Folder)));
        }

        try
        {
            return Plan(part.Package, folder, noCache, cancellation).Labelled(ImageLabels.PartOf, whole.Metadata.Id);
        }
        catch (NuaException refusal)
        {
            throw new NuaException(BuildProblems.OfSubApplication(part.Name, refusal.Problem), refusal);
        }
    }

    private PlannedBuild Plan(Package package, string root, bool noCache, CancellationToken cancellation)
    {
        var source = SourceFolder.Scan(root, cancellation);
        var plan = BuildPlanner.Plan(package, source, hasAuthorities: settings.Authorities is not null);
        var used = plan.SourceAt is "" ? SourceFolder.ScanForDockerfile(root, cancellation) : source;
        return new PlannedBuild(plan, used) { NoCache = noCache };
    }

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
            // A plan is asked for without anybody listening.
        }
    }
}
