using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build;

/// <summary>Reads a package and says how its image would be built. It changes nothing.</summary>
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
        var source = SourceFolder.Scan(file.Root, cancellation);
        var plan = BuildPlanner.Plan(package, source, settings.Packages);
        var used = plan.SourceAt is "" ? SourceFolder.ScanForDockerfile(file.Root, cancellation) : source;
        return new PlannedBuild(plan, used)
        {
            NoCache = request.NoCache,
        };
    }

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
            // A plan is asked for without anybody listening.
        }
    }
}
