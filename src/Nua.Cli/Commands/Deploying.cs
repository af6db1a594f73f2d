using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Targets;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>Carries a target to a running instance: builds it where needed, deploys it, and says where it answers.</summary>
internal sealed class Deploying(NuaClient server, Terminal terminal, ProgressTree progress)
{
    private readonly long _begun = terminal.Clock.GetTimestamp();

    public string? Instance { get; init; }

    public string? Domain { get; init; }

    public bool Waits { get; init; } = true;

    public async Task<Answer> RunAsync(DeployTarget target, CancellationToken cancellation)
    {
        var image = target switch
        {
            DeployTarget.Package package => await BuildAsync(package.Folder, cancellation),
            DeployTarget.Image named => named.Name,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var asked = await server.DeployAsync(new DeployBody(image, Instance, Domain), cancellation);
        return Waits ? await FinishAsync([asked], cancellation) : OperationAnswer.Asked(asked);
    }

    private async Task<string> BuildAsync(string folder, CancellationToken cancellation)
    {
        var built = await new PackageSender(server, terminal)
            .BuildAsync(folder, strict: false, noCache: false, progress, cancellation);
        return OperationAnswer.ResultOf(built, ApiJson.Default.BuiltView).Image;
    }

    private async Task<Answer> FinishAsync(IReadOnlyList<OperationView> asked, CancellationToken cancellation)
    {
        var deployed = new List<DeployedInstance>();
        foreach (var operation in asked)
        {
            var ended = await new OperationFollower(server, terminal).FollowAsync(operation, progress, cancellation);
            var result = OperationAnswer.ResultOf(ended, ApiJson.Default.DeployedView);
            deployed.Add(new DeployedInstance(result, await EarlierImageAsync(result, cancellation), ended));
        }

        var answer = new DeployAnswer(deployed, terminal.Clock.GetElapsedTime(_begun).TotalSeconds);
        var exit = deployed.Max(one => OperationAnswer.ExitOf(one.Operation));
        return Answer.Of(answer, CliJson.Default.DeployAnswer, console => Show(console, answer), exit);
    }

    /// <summary>What ran before, so that the way back can be named.</summary>
    private async Task<string?> EarlierImageAsync(DeployedView deployed, CancellationToken cancellation)
    {
        var history = await server.DeploymentsAsync(deployed.Instance, cancellation);
        return history.Deployments.FirstOrDefault(one => one.Number < deployed.Number && one.Image != deployed.Image)?.Image;
    }

    private static void Show(IAnsiConsole console, DeployAnswer answer)
    {
        var took = Words.Took(TimeSpan.FromSeconds(answer.Seconds));
        foreach (var (deployed, earlier, operation) in answer.Deployed)
        {
            var where = deployed.Url is { } url ? $"answers on {url}" : "runs; it has no web face";
            var what = deployed.Changed ? $"deployment {deployed.Number}" : $"deployment {deployed.Number} as before";
            var tests = deployed.Tests is { Count: > 0 } passed ? $"{passed.Count} tests passed, " : "";
            console.WriteLine($"{deployed.Instance} {where} ({what}, {tests}{took}).");
            console.WriteLine(earlier is null
                ? $"Look at it: nua status {deployed.Instance}. Remove it: nua destroy {deployed.Instance}"
                : $"Go back: nua deploy {earlier} --as {deployed.Instance}");
            OperationAnswer.ShowLeftovers(console, operation);
        }
    }
}

/// <param name="Deployed">Each instance that was deployed.</param>
/// <param name="Seconds">From the command to the end.</param>
internal sealed record DeployAnswer(IReadOnlyList<DeployedInstance> Deployed, double Seconds);

/// <param name="Instance">What came of it.</param>
/// <param name="Earlier">The image that ran before, to go back to.</param>
/// <param name="Operation">The operation that did it.</param>
internal sealed record DeployedInstance(DeployedView Instance, string? Earlier, OperationView Operation);
