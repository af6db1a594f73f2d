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

    public required DeployWish Wish { get; init; }

    public bool Waits { get; init; } = true;

    public required LockPatience Patience { get; init; }

    public Task<Answer> RunAsync(DeployTarget target, CancellationToken cancellation) =>
        target is DeployTarget.Sites sites ? RunAsync(sites, cancellation) : RunOneAsync(target, cancellation);

    private async Task<Answer> RunOneAsync(DeployTarget target, CancellationToken cancellation)
    {
        var deployed = await DeployAsync(await BodyAsync(target, cancellation), cancellation);
        return Answer.Of(
            deployed, CliJson.Default.DeployAnswer, console => Show(console, deployed), OperationAnswer.ExitOf(deployed.Operation!));
    }

    /// <summary>One site that fails keeps no other from being deployed; what came of each is answered.</summary>
    private async Task<Answer> RunAsync(DeployTarget.Sites sites, CancellationToken cancellation)
    {
        RefuseNames(Wish, sites);
        var deployed = new List<DeployAnswer>();
        foreach (var (index, site) in sites.All.Index())
        {
            var body = new DeployBody(
                Site: new SiteBody(sites.File, sites.Text, index), Replace: Wish.Replace, AcceptDataLoss: Wish.AcceptDataLoss, Share: Wish.Share);
            deployed.Add(await TryDeployAsync(site.Label.Instance.ToString(), body, cancellation));
        }

        return Answer.Of(
            new SitesAnswer(deployed),
            CliJson.Default.SitesAnswer,
            console => deployed.ForEach(one => Show(console, one)),
            SitesAnswer.ExitOf(deployed));
    }

    /// <summary>A sites file names its instances and their domains.</summary>
    /// <exception cref="ApiException"><c>cli.named-by-sites-file</c></exception>
    public static void RefuseNames(DeployWish wish, DeployTarget.Sites sites)
    {
        if (wish.Instance is not null || wish.Domain is not null)
        {
            throw new ApiException(CliProblems.NamedBySitesFile(sites.File));
        }
    }

    private async Task<DeployAnswer> TryDeployAsync(string name, DeployBody body, CancellationToken cancellation)
    {
        try
        {
            return await DeployAsync(body, cancellation);
        }
        catch (ApiException failure)
        {
            return new DeployAnswer(name, Problem: failure.Problem);
        }
    }

    private async Task<DeployAnswer> DeployAsync(DeployBody body, CancellationToken cancellation)
    {
        var asked = await Patience.AskAsync(() => server.DeployAsync(body, cancellation));
        return Waits ? await FollowAsync(asked, cancellation) : new DeployAnswer(asked.Subject, asked);
    }

    private async Task<DeployBody> BodyAsync(DeployTarget target, CancellationToken cancellation)
    {
        var image = target switch
        {
            DeployTarget.Package package => await BuildAsync(package.Path, cancellation),
            DeployTarget.Image named => named.Name,
            _ => throw new UnreachableException(),
        };
        return new DeployBody(image, Wish.Instance, Wish.Domain, Replace: Wish.Replace, AcceptDataLoss: Wish.AcceptDataLoss, Share: Wish.Share);
    }

    private async Task<string> BuildAsync(string path, CancellationToken cancellation)
    {
        var sender = new PackageSender(server, terminal, progress) { Patience = Patience };
        var built = await sender.BuildAsync(await sender.SendAsync(path, strict: false, cancellation), cancellation);
        return OperationAnswer.ResultOf(built, ApiJson.Default.BuiltView).Reference;
    }

    private async Task<DeployAnswer> FollowAsync(OperationView asked, CancellationToken cancellation)
    {
        var ended = await new OperationFollower(server, terminal).FollowAsync(asked, progress, cancellation);
        var result = OperationAnswer.ResultOf(ended, ApiJson.Default.DeployedView);
        return new DeployAnswer(
            result.Instance,
            ended,
            result.Number,
            result.Image,
            result.Url,
            result.Changed,
            result.Tests,
            Math.Round(terminal.Clock.GetElapsedTime(_begun).TotalSeconds, 1),
            await EarlierImageAsync(result, cancellation));
    }

    /// <summary>The image that ran before, so that the way back can be named: by its name, or by its id when the name has moved on.</summary>
    private async Task<string?> EarlierImageAsync(DeployedView deployed, CancellationToken cancellation)
    {
        var history = (await server.DeploymentsAsync(deployed.Instance, cancellation)).Deployments;
        var current = history.FirstOrDefault(one => one.Number == deployed.Number)?.ImageId;
        var earlier = history.FirstOrDefault(one => one.Number < deployed.Number && one.ImageId != current);
        return earlier?.Image == deployed.Image ? Words.ShortId(earlier.ImageId) : earlier?.Image;
    }

    private static void Show(IAnsiConsole console, DeployAnswer one)
    {
        if (one.Operation is not { } operation)
        {
            console.WriteLine($"{one.Instance} was not deployed.");
            ProblemText.Write(console, one.Problem!);
            return;
        }

        if (one.Number is null)
        {
            console.WriteLine($"The deploy of {one.Instance} is under way: {operation.Id}");
            console.WriteLine($"Follow it: nua operations show {operation.Id} --follow");
            return;
        }

        var where = one.Url is { } url ? $"answers on {url}" : "runs; it has no web face";
        var what = one.Changed is true ? $"deployment {one.Number}" : $"deployment {one.Number} as before";
        var tests = one.Tests is { Count: > 0 } passed ? $"{passed.Count} {(passed.Count == 1 ? "test" : "tests")} passed, " : "";
        console.WriteLine($"{one.Instance} {where} ({what}, {tests}{Words.Took(TimeSpan.FromSeconds(one.Seconds ?? 0))}).");
        console.WriteLine(one.Earlier is { } earlier
            ? $"Go back: nua deploy {earlier} --as {one.Instance}"
            : $"Look at it: nua status {one.Instance}. Remove it: nua destroy {one.Instance}");
        OperationAnswer.ShowLeftovers(console, operation);
    }
}

/// <param name="Instance">The instance.</param>
/// <param name="Operation">The operation that does or did it; <see langword="null"/> when it failed.</param>
/// <param name="Number">The deployment that serves now; <see langword="null"/>, as all that follows, when nobody waited.</param>
/// <param name="Image">What it runs.</param>
/// <param name="Url">Where it answers.</param>
/// <param name="Changed">False when all was so already.</param>
/// <param name="Tests">The steps of its protocol that passed through the gateway.</param>
/// <param name="Seconds">From the command to the end.</param>
/// <param name="Earlier">The image that ran before, to go back to.</param>
/// <param name="Problem">Why it failed.</param>
internal sealed record DeployAnswer(
    string Instance,
    OperationView? Operation = null,
    int? Number = null,
    string? Image = null,
    string? Url = null,
    bool? Changed = null,
    IReadOnlyList<TestView>? Tests = null,
    double? Seconds = null,
    string? Earlier = null,
    ProblemView? Problem = null);

/// <param name="Sites">In the order of the sites file.</param>
internal sealed record SitesAnswer(IReadOnlyList<DeployAnswer> Sites)
{
    /// <summary>What all of them end with when that is one and the same; else it was done in part.</summary>
    public static int ExitOf(IEnumerable<DeployAnswer> sites) =>
        sites.Select(one => one.Problem?.Exit ?? OperationAnswer.ExitOf(one.Operation!)).Distinct().ToList() is [var same]
            ? same
            : ProblemKinds.Find("partial").Exit;
}
