using Nua.Core.Problems;
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
    public override string SubjectOf(BuildRequest request) => request.Reference ?? $"package {request.Folder}";

    public override async Task<BuiltImage> RunAsync(BuildRequest request, Operation operation, CancellationToken cancellation)
    {
        PlannedBuild? planned = null;
        var outline = await operation.StepAsync(
            "plan the build",
            BuildJson.Default.BuildOutline,
            () =>
            {
                planned = planning.Plan(request, operation.Log, cancellation);
                return Task.FromResult(new BuildOutline(planned.Plan.Reference, planned.Plan.Builder));
            });

        var bases = await operation.StepAsync(
            "have the images it stands on",
            BuildJson.Default.IReadOnlyDictionaryStringBaseImage,
            () => HaveBasesAsync(planned!, operation.Log, cancellation));

        return await operation.StepAsync(
            $"build {outline.Reference} ({outline.Builder})",
            BuildJson.Default.BuiltImage,
            () => BuildAsync(planned!, bases, operation.Log, cancellation));
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
        var agent = await AgentOfAsync(planned.Plan, cancellation);
        var plan = planned.Plan;
        var named = await IdsOfAsync(plan.NamedImages, cancellation);
        var hash = await BuildHash.OfAsync(planned, [.. planned.Plan.Bases.Keys.Select(argument => bases[argument].Id), .. named], agent, cancellation);
        if (!planned.NoCache && await FindAsync(plan.Reference, hash, cancellation) is { } same)
        {
            await store.TagAsync(same.Id, plan.Reference, cancellation);
            log.Report("Nothing has changed since it was built.");
            return new BuiltImage(plan.Reference, same.Id, plan.Builder, same.SizeBytes, UpToDate: true);
        }

        var image = await BuildAsync(planned, bases, hash, agent, log, cancellation);
        return new BuiltImage(plan.Reference, image.Id, plan.Builder, image.SizeBytes, UpToDate: false);
    }

    /// <summary>What was built of the same. Whatever was made of that image has its labels too, but came later.</summary>
    private async Task<Image?> FindAsync(string reference, string hash, CancellationToken cancellation)
    {
        var named = await store.FindAsync(reference, cancellation);
        if (named?.Labels.GetValueOrDefault(ImageLabels.BuildHash) == hash)
        {
            return named;
        }

        return await store.ListAsync(ImageLabels.BuildHash, hash, cancellation) is [.., var oldest] ? oldest : null;
    }

    /// <summary>The images behind names that may come to stand for others; one that is not there is fetched by the build.</summary>
    private async Task<IReadOnlyList<string>> IdsOfAsync(IReadOnlyList<string> references, CancellationToken cancellation)
    {
        var ids = new List<string>();
        foreach (var reference in references)
        {
            ids.Add((await store.FindAsync(reference, cancellation))?.Id ?? "absent");
        }

        return ids;
    }

    private async Task<Image> BuildAsync(
        PlannedBuild planned,
        IReadOnlyDictionary<string, BaseImage> bases,
        string hash,
        string? agent,
        IProgress<string> log,
        CancellationToken cancellation)
    {
        var context = planned.LayContext(settings, cancellation);
        try
        {
            return await builder.BuildAsync(BuildOf(planned, context, bases, hash, agent), log, cancellation);
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

    private ImageBuild BuildOf(
        PlannedBuild planned, string context, IReadOnlyDictionary<string, BaseImage> bases, string hash, string? agent)
    {
        var plan = planned.Plan;
        var labels = new Dictionary<string, string>(plan.Labels) { [ImageLabels.BuildHash] = hash };
        if (agent is not null)
        {
            labels[ImageLabels.Agent] = agent;
        }

        return new ImageBuild
        {
            Context = context,
            Dockerfile = plan.Dockerfile,
            Tag = plan.Reference,
            Labels = labels,
            Arguments = bases.ToDictionary(image => image.Key, image => image.Value.Reference),
            SecretFiles = settings.Packages.SecretFiles,
            Hidden = settings.Packages.Hidden,
            NoCache = planned.NoCache,
            TimeLimit = settings.TimeLimit,
        };
    }

    private async Task<string?> AgentOfAsync(BuildPlan plan, CancellationToken cancellation) =>
        plan.HasAgent ? await Sources.ContentHash.OfFileAsync(settings.Agent, cancellation) : null;
}
