using System.Diagnostics;
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
        var deployed = new List<DeployedInstance>();
        foreach (var body in await BodiesAsync(target, cancellation))
        {
            var asked = await server.DeployAsync(body, cancellation);
            deployed.Add(Waits ? await FollowAsync(asked, cancellation) : new DeployedInstance(asked));
        }

        var answer = new DeployAnswer(deployed, terminal.Clock.GetElapsedTime(_begun).TotalSeconds);
        var exit = deployed.Max(one => OperationAnswer.ExitOf(one.Operation));
        return Answer.Of(answer, CliJson.Default.DeployAnswer, console => Show(console, answer), exit);
    }

    private async Task<IReadOnlyList<DeployBody>> BodiesAsync(DeployTarget target, CancellationToken cancellation)
    {
        switch (target)
        {
            case DeployTarget.Package package:
                return [new DeployBody(await BuildAsync(package.Folder, cancellation), Instance, Domain)];
            case DeployTarget.Image named:
                return [new DeployBody(named.Name, Instance, Domain)];
            case DeployTarget.Sites sites when Instance is not null || Domain is not null:
                throw new ApiException(CliProblems.NamedBySitesFile(sites.File));
            case DeployTarget.Sites sites:
                return [.. sites.All.Select((_, index) => new DeployBody(Site: new SiteBody(sites.File, sites.Text, index)))];
            default:
                throw new UnreachableException();
        }
    }

    private async Task<string> BuildAsync(string folder, CancellationToken cancellation)
    {
        var built = await new PackageSender(server, terminal)
            .BuildAsync(folder, strict: false, noCache: false, progress, cancellation);
        return OperationAnswer.ResultOf(built, ApiJson.Default.BuiltView).Reference;
    }

    private async Task<DeployedInstance> FollowAsync(OperationView asked, CancellationToken cancellation)
    {
        var ended = await new OperationFollower(server, terminal).FollowAsync(asked, progress, cancellation);
        var result = OperationAnswer.ResultOf(ended, ApiJson.Default.DeployedView);
        return new DeployedInstance(ended, result, await EarlierImageAsync(result, cancellation));
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
        foreach (var one in answer.Deployed)
        {
            if (one.Instance is { } deployed)
            {
                Show(console, deployed, one.Earlier, took);
            }
            else
            {
                console.WriteLine($"The deploy of {one.Operation.Subject} is under way.");
                console.WriteLine($"Follow it: nua operations show {one.Operation.Id} --follow");
            }

            OperationAnswer.ShowLeftovers(console, one.Operation);
        }
    }

    private static void Show(IAnsiConsole console, DeployedView deployed, string? earlier, string took)
    {
        var where = deployed.Url is { } url ? $"answers on {url}" : "runs; it has no web face";
        var what = deployed.Changed ? $"deployment {deployed.Number}" : $"deployment {deployed.Number} as before";
        var tests = deployed.Tests is { Count: > 0 } passed ? $"{passed.Count} tests passed, " : "";
        console.WriteLine($"{deployed.Instance} {where} ({what}, {tests}{took}).");
        console.WriteLine(earlier is null
            ? $"Look at it: nua status {deployed.Instance}. Remove it: nua destroy {deployed.Instance}"
            : $"Go back: nua deploy {earlier} --as {deployed.Instance}");
    }
}

/// <param name="Deployed">Each instance that was deployed.</param>
/// <param name="Seconds">From the command to the end.</param>
internal sealed record DeployAnswer(IReadOnlyList<DeployedInstance> Deployed, double Seconds);

/// <param name="Operation">The operation that does or did it.</param>
/// <param name="Instance">What came of it; <see langword="null"/> when nobody waited.</param>
/// <param name="Earlier">The image that ran before, to go back to.</param>
internal sealed record DeployedInstance(OperationView Operation, DeployedView? Instance = null, string? Earlier = null);
