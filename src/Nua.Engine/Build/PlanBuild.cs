using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build;

/// <summary>
/// Reads a package and says how its image would be built. A source that lies elsewhere is fetched, since its files decide;
/// besides that it changes nothing.
/// </summary>
/// <param name="settings">What the operator decides.</param>
/// <param name="sources">Has sources that lie elsewhere.</param>
public sealed class PlanBuild(BuildSettings settings, ISourceFetcher sources)
{
    public async Task<BuildPlan> RunAsync(BuildRequest request, CancellationToken cancellation) =>
        (await PlanAsync(request, new Silence(), cancellation)).Plan;

    internal async Task<PlannedBuild> PlanAsync(BuildRequest request, IProgress<string> log, CancellationToken cancellation)
    {
        var file = PackageLocator.Find(request.Folder);
        var package = Read(file, log);
        var remote = RemoteSource.Of(Interpolation.Render(package));
        var fetched = remote is null ? null : await sources.FetchAsync(remote, log, cancellation);

        var source = WithFetched(SourceFolder.Scan(file.Root, cancellation));
        var plan = BuildPlanner.Plan(package, source, hasAuthorities: settings.Authorities is not null);
        var used = plan.SourceAt is "" ? WithFetched(SourceFolder.ScanForDockerfile(file.Root, cancellation)) : source;
        return new PlannedBuild(fetched is null ? plan : plan.With(fetched), used)
        {
            NoCache = request.NoCache,
        };

        SourceFolder WithFetched(SourceFolder own) =>
            fetched is null ? own : own.WithFetched(remote!.Folder, fetched.Folder, cancellation);
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

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
            // A plan is asked for without anybody listening.
        }
    }
}
