using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.Providers;

namespace Nua.Engine.Deploy.Sharing;

/// <summary>
/// Makes a server that instances share: an instance whose app is the server itself, with a volume, secrets and a network of its own.
/// One that was removed comes back to its data.
/// </summary>
public sealed class MakeSharedServer(EngineSeams seams) : UseCase<ServerKind, DeployResult>(
    "share", EngineJson.Default.ServerKind, EngineJson.Default.DeployResult)
{
    private readonly FactFinder _facts = new(seams);
    private readonly DeployPlanner _planner = new(seams.Names, seams.Providers);
    private readonly Rollout _rollout = new(seams);

    public override string SubjectOf(ServerKind request) => request.Instance.ToString();

    public override async Task<DeployResult> RunAsync(ServerKind request, Operation operation, CancellationToken cancellation)
    {
        var module = (IServerProvider)seams.Providers.Find(request.Module)!;
        var image = await operation.StepAsync(
            DeploySteps.HaveImage(request.Module),
            EngineJson.Default.ProviderImage,
            async () => ProviderImage.Of(
                request.Module, await seams.ImageSupply.EnsureAsync(module.Image(request.Version), operation.Log, cancellation)));
        var facts = await operation.StepAsync(
            DeploySteps.Look,
            EngineJson.Default.DeployFacts,
            () => _facts.OfServerAsync(request, PackageWriter.ToJson(request.AsPackage(module)), image, cancellation));
        if (facts.Heritage is { } heritage && heritage.AppId != request.AppId)
        {
            throw new NuaException(ShareProblems.NameTaken(request.Instance, heritage.AppId));
        }

        // Somebody else made it since it was looked for.
        if (facts.Serving is { } serving)
        {
            return DeployResult.Unchanged(serving, facts.HttpsPort);
        }

        var wish = new DeployRequest(facts.Image, request.Instance, facts.Domain);
        var plan = _planner.Plan(wish, facts, EffectivePackage.Of(wish, facts), [], operation.Id);
        return await _rollout.RunAsync(plan, facts, operation, cancellation);
    }
}
