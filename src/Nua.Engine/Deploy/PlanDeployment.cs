using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Core.Sites;
using Nua.Engine.Build;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Images;

namespace Nua.Engine.Deploy;

/// <summary>Says what a deploy would do, by the planner that the deploy itself asks. Looks, and changes nothing.</summary>
public sealed class PlanDeployment(EngineSeams seams)
{
    private readonly FactFinder _facts = new(seams);
    private readonly DeployPlanner _planner = new(seams.Names, seams.Providers);
    private readonly HostFolders _folders = new(seams.OwnFolders);

    /// <param name="request">What the deploy would be asked.</param>
    /// <param name="build">How its image would be built first; <see langword="null"/>: the image is there.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="NuaException">The deploy would be refused, for the same reason.</exception>
    public async Task<DeployForecast> RunAsync(DeployRequest request, ForeseenBuild? build, CancellationToken cancellation)
    {
        var image = build is null ? await _facts.ImageAsync(request, cancellation) : ImageOf(build);
        var facts = await _facts.GatherAsync(request, image, MovedBefore(request), cancellation);
        var package = EffectivePackage.Of(request, facts);
        DeployPlanner.StrategyOf(request, facts, package);
        var images = await ImagesAsync(package, facts, build, cancellation);
        var plan = _planner.Plan(request, facts, package, images, KeptNames.NoVersion);
        RefuseFolders(plan);
        IReadOnlyList<string> opening = [.. DeploySteps.BeforeDeploy(plan), .. await ServersAsync(plan, cancellation)];
        return new Forecasting(plan, facts, opening).Tell([.. await MissingAsync(plan, build, cancellation)]);
    }

    /// <summary>The steps that have the shared servers there.</summary>
    private async Task<IReadOnlyList<string>> ServersAsync(DeployPlan plan, CancellationToken cancellation)
    {
        var steps = new List<string>();
        foreach (var server in plan.Deployment.Servers)
        {
            steps.Add(DeploySteps.LookFor(server));
            if (!(await seams.LookForServerAsync(server, cancellation)).Runs)
            {
                steps.Add(DeploySteps.Make(server));
            }
        }

        return steps;
    }

    /// <summary>The image as it will be: without an id when it has yet to be built.</summary>
    private static Image ImageOf(ForeseenBuild build)
    {
        if (build.Image is { } there)
        {
            return there with { Reference = build.Plan.Reference };
        }

        var labels = new Dictionary<string, string>(build.Plan.Labels);
        if (build.Plan.HasAgent)
        {
            labels[ImageLabels.Agent] = "";
        }

        return new Image(build.Plan.Reference, "", 0, default, labels);
    }

    /// <summary>Where the sites before this one in its file will answer by the time it is deployed.</summary>
    private static Dictionary<InstanceName, string> MovedBefore(DeployRequest request) => request.Site is { } site
        ? SitesReader.Read(site.File, site.Text).Take(site.Index).ToDictionary(earlier => earlier.Label.Instance, earlier => earlier.Address.ToString())
        : [];

    private async Task<IReadOnlyList<ProviderImage>> ImagesAsync(
        Package package, DeployFacts facts, ForeseenBuild? build, CancellationToken cancellation)
    {
        var images = new List<ProviderImage>();
        foreach (var requirement in package.Providers)
        {
            var provider = EffectiveProvider.Of(requirement, seams.Providers, facts, package);
            if (provider.Runs)
            {
                images.Add(await ImageOfAsync(provider, facts, build, cancellation));
            }
        }

        return images;
    }

    private async Task<ProviderImage> ImageOfAsync(
        EffectiveProvider provider, DeployFacts facts, ForeseenBuild? build, CancellationToken cancellation)
    {
        if (provider.Recipe is { } recipe)
        {
            return await seams.ImageSupply.FindAsync(recipe, cancellation) is { } there
                ? ProviderImage.Of(provider.Name, there)
                : new ProviderImage(provider.Name, $"{recipe.Name}:{recipe.Version}".TrimEnd(':'), "", recipe.UnderAgent);
        }

        return build is { Image: null, Plan.SubApplications: var parts } && parts.TryGetValue(provider.Name, out var part)
            ? new ProviderImage(provider.Name, part.Reference, "", part.HasAgent)
            : ProviderImage.Of(provider.Name, await _facts.SubApplicationAsync(facts, provider.Name, cancellation));
    }

    private void RefuseFolders(DeployPlan plan)
    {
        foreach (var volume in plan.Deployment.Volumes)
        {
            _folders.Refuse(volume);
        }

        foreach (var workload in plan.NewWorkloads)
        {
            _folders.Refuse(workload.Mounts);
        }
    }

    /// <summary>What is not there yet; about as large as what runs in its place now.</summary>
    private async Task<IReadOnlyList<ImageToHave>> MissingAsync(DeployPlan plan, ForeseenBuild? build, CancellationToken cancellation)
    {
        var built = build is null ? [] : build.Plan.SubApplications.Values.Append(build.Plan).Select(part => part.Reference).ToHashSet();
        var missing = new List<ImageToHave>();
        foreach (var workload in plan.NewWorkloads.Where(workload => workload.ImageId.Length == 0).DistinctBy(workload => workload.Image))
        {
            var before = plan.Retiring.FirstOrDefault(old => old.Role == workload.Role);
            var image = before is null ? null : await seams.ImageStore.FindAsync(before.ImageId, cancellation);
            missing.Add(new ImageToHave(workload.Image, built.Contains(workload.Image), image?.SizeBytes));
        }

        return missing;
    }
}
