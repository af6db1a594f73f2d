using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua build [PATH]</c></summary>
internal static class BuildCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var path = new Argument<string>("path")
        {
            Description = "The package's folder or its nua-config; without it, this folder.",
            DefaultValueFactory = _ => ".",
        };
        var plan = new Option<bool>("--plan") { Description = "Only say how it would be built, with the Dockerfile." };
        var explain = new Option<bool>("--explain") { Description = "Say who decided what, then build, and show the layers that came of it." };
        var strict = new Option<bool>("--strict") { Description = "A key that nothing reads is an error." };
        var noCache = new Option<bool>("--no-cache") { Description = "Build although nothing changed." };
        var command = new VerbCommand("build", "Build a package into an image.", "nua build apps/guestbook", 3, 5, 8)
        {
            path, plan, explain, strict, noCache,
        };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var sender = new PackageSender(server, terminal, progress);
            var package = await sender.SendAsync(line.GetRequiredValue(path), line.GetValue(strict), cancellation);
            var body = package with { NoCache = line.GetValue(noCache) };
            if (line.GetValue(plan))
            {
                return PlanAnswer(await server.PlanAsync(body, cancellation));
            }

            if (!line.GetValue(explain))
            {
                return BuildAnswer.Of(await sender.BuildAsync(body, cancellation));
            }

            var how = await server.PlanAsync(body, cancellation);
            Explain(progress, how);
            var built = await sender.BuildAsync(body, cancellation);
            return BuildAnswer.Of(built, how, await server.ImageAsync(how.Reference, cancellation));
        }));
        return command;
    }

    private static Answer PlanAnswer(BuildPlanView plan) => Answer.Of(plan, ApiJson.Default.BuildPlanView, console =>
    {
        ShowPlan(plan);
        foreach (var (name, part) in PartsOf(plan.SubApplications))
        {
            console.WriteLine($"sub-application {name}: {part.Reference}");
            ShowPlan(part);
        }

        void ShowPlan(BuildPlanView shown)
        {
            LinesOf(shown).ToList().ForEach(console.WriteLine);
            console.WriteLine();
            console.WriteLine(shown.Dockerfile);
        }
    });

    private static IEnumerable<KeyValuePair<string, T>> PartsOf<T>(IReadOnlyDictionary<string, T>? parts) => parts ?? new Dictionary<string, T>();

    private static void Explain(ProgressTree progress, BuildPlanView plan)
    {
        progress.Begin($"plan {plan.Reference}");
        LinesOf(plan).ToList().ForEach(progress.Note);
        foreach (var (_, part) in PartsOf(plan.SubApplications))
        {
            Explain(progress, part);
        }
    }

    private static IEnumerable<string> LinesOf(BuildPlanView plan) =>
    [
        $"builder: {plan.Builder}, because {plan.Because}",
        .. plan.DecidingFiles.Count > 0 ? [$"looked at: {string.Join(", ", plan.DecidingFiles)}"] : Array.Empty<string>(),
        .. plan.Bases.Select(image => $"{image.Key}: {image.Value}"),
        .. plan.Decisions.Select(decision => $"{decision.About}: {decision.Choice}, because {decision.Because}"),
    ];
}
