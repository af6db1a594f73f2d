using System.Diagnostics;
using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Targets;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>Asks the server what a deploy of a target would do, and tells it.</summary>
internal sealed class Planning(NuaClient server, Terminal terminal, ProgressTree progress)
{
    public required DeployWish Wish { get; init; }

    /// <summary>Whether the exit code says that there is something to do.</summary>
    public bool ExitTellsChanges { get; init; }

    public bool ShowsSteps { get; init; }

    public Task<Answer> RunAsync(DeployTarget target, CancellationToken cancellation) =>
        target is DeployTarget.Sites sites ? RunAsync(sites, cancellation) : RunOneAsync(target, cancellation);

    private async Task<Answer> RunOneAsync(DeployTarget target, CancellationToken cancellation)
    {
        var plan = await server.PlanAsync(await BodyAsync(target, cancellation), cancellation);
        return Answer.Of(plan, ApiJson.Default.DeployPlanView, console => PlanText.Write(console, plan, ShowsSteps), ExitOf(plan));
    }

    /// <summary>One site that would be refused keeps no other from being planned.</summary>
    private async Task<Answer> RunAsync(DeployTarget.Sites sites, CancellationToken cancellation)
    {
        Deploying.RefuseNames(Wish, sites);
        var planned = new List<PlanAnswer>();
        foreach (var (index, site) in sites.All.Index())
        {
            var body = new PlanBody(
                Site: new SiteBody(sites.File, sites.Text, index), Replace: Wish.Replace, AcceptDataLoss: Wish.AcceptDataLoss, Share: Wish.Share);
            planned.Add(await TryPlanAsync(site.Label.Instance.ToString(), body, cancellation));
        }

        return Answer.Of(
            new SitePlansAnswer(planned),
            CliJson.Default.SitePlansAnswer,
            console => planned.ForEach(one => Show(console, one)),
            ExitOf(planned));
    }

    private async Task<PlanAnswer> TryPlanAsync(string name, PlanBody body, CancellationToken cancellation)
    {
        try
        {
            return new PlanAnswer(name, await server.PlanAsync(body, cancellation));
        }
        catch (ApiException refusal)
        {
            return new PlanAnswer(name, Problem: refusal.Problem);
        }
    }

    private async Task<PlanBody> BodyAsync(DeployTarget target, CancellationToken cancellation)
    {
        var body = new PlanBody(
            Instance: Wish.Instance, Domain: Wish.Domain, Replace: Wish.Replace, AcceptDataLoss: Wish.AcceptDataLoss, Share: Wish.Share);
        return target switch
        {
            DeployTarget.Package package => body with
            {
                Package = await new PackageSender(server, terminal, progress).SendAsync(package.Path, strict: false, cancellation),
            },
            DeployTarget.Image named => body with { Image = named.Name },
            _ => throw new UnreachableException(),
        };
    }

    private void Show(IAnsiConsole console, PlanAnswer one)
    {
        if (one.Plan is { } plan)
        {
            PlanText.Write(console, plan, ShowsSteps);
        }
        else
        {
            console.WriteLine($"{one.Instance} would not be deployed.");
            ProblemText.Write(console, one.Problem!);
        }
    }

    private int ExitOf(DeployPlanView plan) => plan.Refusal?.Exit ?? (ExitTellsChanges && plan.Changes ? ExitCodes.Changes : ExitCodes.Done);

    /// <summary>A refusal counts for more than a change; several that differ, or some of many, are a plan in part.</summary>
    private int ExitOf(IReadOnlyList<PlanAnswer> plans)
    {
        var exits = plans.Select(one => one.Problem?.Exit ?? ExitOf(one.Plan!)).Distinct().ToList();
        return exits is [var same] ? same
            : exits.All(exit => exit is ExitCodes.Done or ExitCodes.Changes) ? ExitCodes.Changes
            : ProblemKinds.Find("partial").Exit;
    }
}

/// <param name="Instance">The instance.</param>
/// <param name="Plan">What its deploy would do; <see langword="null"/> when it would be refused.</param>
/// <param name="Problem">Why it would be refused.</param>
internal sealed record PlanAnswer(string Instance, DeployPlanView? Plan = null, ProblemView? Problem = null);

/// <param name="Sites">In the order of the sites file.</param>
internal sealed record SitePlansAnswer(IReadOnlyList<PlanAnswer> Sites);
