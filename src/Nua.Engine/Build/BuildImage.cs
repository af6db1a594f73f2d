using System.Collections.Concurrent;
using System.Text.Json;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;
using Nua.Engine.Operations;

namespace Nua.Engine.Build;

/// <summary>Makes the image of a package, unless there is one already that was made of exactly the same.</summary>
/// <param name="planning">Reads packages and plans.</param>
/// <param name="supply">Has the images it stands on.</param>
/// <param name="builder">Builds.</param>
/// <param name="store">Knows what was built.</param>
/// <param name="settings">What the operator decides.</param>
public sealed class BuildImage(
    PlanBuild planning, ImageSupply supply, IImageBuilder builder, IImageStore store, BuildSettings settings)
    : UseCase<BuildRequest, BuiltImage>("build", BuildJson.Default.BuildRequest, BuildJson.Default.BuiltImage)
{
    private readonly AgentImages _agentImages = new(builder, store, settings);
    private readonly EarlierBuilds _earlier = new(store, settings);

    public override string SubjectOf(BuildRequest request) => request.Reference ?? $"package {request.Folder}";

    public override async Task<BuiltImage> RunAsync(BuildRequest request, Operation operation, CancellationToken cancellation)
    {
        PlannedBuild? planned = null;
        var outline = await operation.StepAsync(
            "plan the build",
            BuildJson.Default.BuildOutline,
            async () =>
            {
                planned = await planning.PlanAsync(request, operation.Log, cancellation);
                return new BuildOutline(planned.Plan.Reference, planned.Plan.Builder, [.. planned.SubApplications.Keys]);
            });

        var bases = await operation.StepAsync(
            "have the images it stands on",
            BuildJson.Default.IReadOnlyDictionaryStringBaseImage,
            () => HaveBasesAsync(planned!, operation.Log, cancellation));

        var parts = outline.SubApplications is { Count: > 0 } names
            ? await BuildPartsAsync(names, planned, operation, cancellation)
            : null;

        return await operation.StepAsync(
            $"build {outline.Reference} ({outline.Builder})",
            BuildJson.Default.BuiltImage,
            async () => parts is null
                ? await BuildAsync(planned!, bases, operation.Log, cancellation)
                : await BuildAsync(Bind(planned!, parts), bases, operation.Log, cancellation) with { SubApplications = parts });
    }

    /// <summary>The images of its sub-applications, side by side.</summary>
    private async Task<IReadOnlyDictionary<string, BuiltImage>> BuildPartsAsync(
        IReadOnlyList<string> names, PlannedBuild? planned, Operation operation, CancellationToken cancellation)
    {
        var bases = await operation.StepAsync(
            "have the images its sub-applications stand on",
            BuildJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringBaseImage,
            async () =>
            {
                var all = new Dictionary<string, IReadOnlyDictionary<string, BaseImage>>();
                foreach (var (name, part) in planned!.SubApplications)
                {
                    all[name] = await HaveBasesAsync(part, operation.Log, cancellation);
                }

                return (IReadOnlyDictionary<string, IReadOnlyDictionary<string, BaseImage>>)all;
            });

        return await operation.StepAsync(
            $"build its sub-applications {string.Join(", ", names)}",
            BuildJson.Default.IReadOnlyDictionaryStringBuiltImage,
            async () =>
            {
                var built = new ConcurrentDictionary<string, BuiltImage>();
                await Parallel.ForEachAsync(planned!.SubApplications, cancellation, async (part, stop) =>
                    built[part.Key] = await BuildAsync(part.Value, bases[part.Key], new Prefixed(part.Key, operation.Log), stop));
                return (IReadOnlyDictionary<string, BuiltImage>)new SortedDictionary<string, BuiltImage>(built, StringComparer.Ordinal);
            });
    }

    /// <summary>Its image names theirs by content address: whoever deploys it, whenever, runs what was built together.</summary>
    internal static PlannedBuild Bind(PlannedBuild planned, IReadOnlyDictionary<string, BuiltImage> parts)
    {
        var ids = parts.ToDictionary(part => part.Key, part => $"{part.Value.Reference}@{part.Value.ImageId}");
        return planned.Labelled(
            ImageLabels.SubApplications, JsonSerializer.Serialize(ids, BuildJson.Default.IReadOnlyDictionaryStringString));
    }

    private async Task<IReadOnlyDictionary<string, BaseImage>> HaveBasesAsync(
        PlannedBuild planned, IProgress<string> log, CancellationToken cancellation)
    {
        var bases = new Dictionary<string, BaseImage>();
        foreach (var (argument, recipe) in planned.Plan.Images)
        {
            var image = planned.NoCache
                ? await supply.RefreshAsync(recipe, log, cancellation)
                : await supply.EnsureAsync(recipe, log, cancellation);
            bases[argument] = new BaseImage(image.Reference, image.Id);
        }

        return bases;
    }

    private async Task<BuiltImage> BuildAsync(
        PlannedBuild planned, IReadOnlyDictionary<string, BaseImage> bases, IProgress<string> log, CancellationToken cancellation)
    {
        var plan = planned.Plan;
        var identity = await _earlier.IdentityOfAsync(
            planned, bases.ToDictionary(image => image.Key, image => image.Value.Id), cancellation);
        if (!planned.NoCache && await _earlier.FindAsync(plan.Reference, identity.Hash, cancellation) is { } same)
        {
            await store.TagAsync(same.Id, plan.Reference, cancellation);
            log.Report("Nothing has changed since it was built.");
            return new BuiltImage(plan.Reference, same.Id, plan.Builder, same.SizeBytes, UpToDate: true);
        }

        var image = await BuildAsync(planned, bases, identity, log, cancellation);
        return new BuiltImage(plan.Reference, image.Id, plan.Builder, image.SizeBytes, UpToDate: false);
    }

    private async Task<Image> BuildAsync(
        PlannedBuild planned,
        IReadOnlyDictionary<string, BaseImage> bases,
        BuildIdentity identity,
        IProgress<string> log,
        CancellationToken cancellation)
    {
        var arguments = bases.ToDictionary(image => image.Key, image => image.Value.Reference);
        if (planned.Plan.HasAgent)
        {
            arguments[LayeredImage.BaseArgument] = await _agentImages.AppBaseAsync(bases[LayeredImage.BaseArgument], identity.Agent, log, cancellation);
        }
        else
        {
            arguments[Builders.ForeignImage.AgentArgument] = await _agentImages.AgentAsync(identity.Agent, log, cancellation);
        }

        var context = planned.LayContext(settings, cancellation);
        try
        {
            return await builder.BuildAsync(BuildOf(planned, context, arguments, LabelsOf(planned.Plan, bases, identity)), log, cancellation);
        }
        catch (NuaException failure) when (BuildFailure.Explain(failure.Problem, planned.Plan.Reference) is { } explained)
        {
            throw new NuaException(explained, failure);
        }
        finally
        {
            Sources.BuildContext.Clear(context);
        }
    }

    private static Dictionary<string, string> LabelsOf(
        BuildPlan plan, IReadOnlyDictionary<string, BaseImage> bases, BuildIdentity identity)
    {
        var labels = new Dictionary<string, string>(plan.Labels)
        {
            [ImageLabels.BuildHash] = identity.Hash,
            [ImageLabels.Builder] = plan.Builder,
            [ImageLabels.Because] = plan.Because,
        };
        if ((bases.GetValueOrDefault(LayeredImage.BaseArgument) ?? bases.Values.FirstOrDefault()) is { } standsOn)
        {
            labels[ImageLabels.BaseName] = standsOn.Reference;
        }

        if (plan.HasAgent)
        {
            labels[ImageLabels.Agent] = identity.Agent;
        }

        return labels;
    }

    private ImageBuild BuildOf(
        PlannedBuild planned, string context, IReadOnlyDictionary<string, string> arguments, IReadOnlyDictionary<string, string> labels)
    {
        var plan = planned.Plan;
        return new ImageBuild
        {
            Context = context,
            Dockerfile = plan.Dockerfile,
            Tag = plan.Reference,
            Labels = labels,
            Arguments = arguments,
            SecretFiles = settings.Packages.SecretFiles,
            Hidden = settings.Packages.Hidden,
            NoCache = planned.NoCache,
            TimeLimit = settings.TimeLimit,
        };
    }

    /// <summary>Tells the lines of builds that run side by side apart.</summary>
    private sealed class Prefixed(string name, IProgress<string> log) : IProgress<string>
    {
        public void Report(string value) => log.Report($"{name}: {value}");
    }
}
