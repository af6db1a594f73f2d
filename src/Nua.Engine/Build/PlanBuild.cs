using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images;

namespace Nua.Engine.Build;

/// <summary>
/// Reads a package and says how its image would be built, and those of its sub-applications. A source that lies elsewhere is
/// fetched, since its files decide; besides that it changes nothing.
/// </summary>
/// <param name="settings">What the operator decides.</param>
/// <param name="sources">Has sources that lie elsewhere.</param>
public sealed class PlanBuild(BuildSettings settings, ISourceFetcher sources)
{
    public async Task<BuildPlan> RunAsync(BuildRequest request, CancellationToken cancellation) =>
        (await PlanAsync(request, cancellation)).Plan;

    internal Task<PlannedBuild> PlanAsync(BuildRequest request, CancellationToken cancellation) =>
        PlanAsync(request, new Silence(), cancellation);

    internal async Task<PlannedBuild> PlanAsync(BuildRequest request, IProgress<string> log, CancellationToken cancellation)
    {
        var file = PackageLocator.Find(request.Folder);
        var package = Read(file, log);
        var parts = new Dictionary<string, PlannedBuild>();
        foreach (var part in SubApplication.AllOf(package))
        {
            parts[part.Name] = await PlanPartAsync(part, package, file.Root, log, cancellation);
        }

        var plans = parts.ToDictionary(part => part.Key, part => part.Value.Plan);
        var planned = await PlanAsync(SubApplication.Complete(package, plans), file.Root, log, cancellation);
        return planned with
        {
            Plan = planned.Plan with { SubApplications = plans },
            SubApplications = parts.ToDictionary(part => part.Key, part => part.Value with { NoCache = request.NoCache }),
            NoCache = request.NoCache,
        };
    }

    private static Package Read(PackageFile file, IProgress<string> log)
    {
        var reading = PackageReader.Inspect(file);
        foreach (var finding in reading.Findings)
        {
            log.Report(finding.ToString());
        }

        return reading.Package ?? throw new NuaException(new PackageException(reading.Findings).Problem);
    }

    private async Task<PlannedBuild> PlanPartAsync(
        SubApplication part, Package whole, string root, IProgress<string> log, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, part.Folder);
        if (!Directory.Exists(folder))
        {
            throw new NuaException(BuildProblems.OfSubApplication(part.Name, BuildProblems.NoProject(part.Folder)));
        }

        try
        {
            return (await PlanAsync(part.Package, folder, log, cancellation)).Labelled(ImageLabels.PartOf, whole.Metadata.Id);
        }
        catch (NuaException refusal)
        {
            throw new NuaException(BuildProblems.OfSubApplication(part.Name, refusal.Problem), refusal);
        }
    }

    private async Task<PlannedBuild> PlanAsync(Package package, string root, IProgress<string> log, CancellationToken cancellation)
    {
        var remote = RemoteSource.Of(Interpolation.Render(package));
        var fetched = remote is null ? null : await sources.FetchAsync(remote, log, cancellation);

        var source = WithFetched(SourceFolder.Scan(root, cancellation));
        var plan = BuildPlanner.Plan(package, source, settings.Packages);
        var used = plan.SourceAt is "" ? WithFetched(SourceFolder.ScanForDockerfile(root, cancellation)) : source;
        return new PlannedBuild(fetched is null ? plan : plan.With(fetched), used);

        SourceFolder WithFetched(SourceFolder own) =>
            fetched is null ? own : own.WithFetched(remote!.Folder, fetched.Folder, cancellation);
    }

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
            // A plan is asked for without anybody listening.
        }
    }
}
