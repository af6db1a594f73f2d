using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>Changes an instance that serves: says first what that does to it, asks where visitors would notice, and follows it to its end.</summary>
internal sealed class Changing(NuaClient server, Terminal terminal, ProgressTree progress, ChangeOptions options, ParseResult line)
{
    private readonly long _begun = terminal.Clock.GetTimestamp();

    /// <summary>What the change is called when it is asked about: <c>Setting values of 'wiki'</c>.</summary>
    public required string What { get; init; }

    /// <summary>What is said of it when it is done: <c>wiki has its new values</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether it is asked about although visitors would not notice.</summary>
    public bool AlwaysAsks { get; init; }

    public async Task<Answer> RunAsync(
        Func<Task<DeployPlanView>> plan, Func<Task<OperationView>> change, CancellationToken cancellation)
    {
        var planned = await plan();
        if (options.OnlyPlans(line))
        {
            return Answer.Of(planned, ApiJson.Default.DeployPlanView, console => Show(console, planned));
        }

        if (planned.Changes && (planned.Gap || AlwaysAsks) && !options.IsSure(line) && !terminal.Confirm($"{What}. Gap in service: {PlanText.GapOf(planned)}. Go on?"))
        {
            throw new ApiException(CliProblems.NotConfirmed($"{What} (gap in service: {PlanText.GapOf(planned)})"));
        }

        var asked = await options.PatienceOf(line, server, progress).AskAsync(change);
        return options.Waits(line)
            ? await FollowAsync(asked, cancellation)
            : OperationAnswer.Asked(asked);
    }

    private void Show(IAnsiConsole console, DeployPlanView plan)
    {
        if (plan.Changes)
        {
            PlanText.Write(console, plan, line.GetValue(CommonOptions.Verbose));
        }
        else
        {
            console.WriteLine($"{plan.Instance}: nothing to do; deployment {plan.Number} has it so.");
        }
    }

    private async Task<Answer> FollowAsync(OperationView asked, CancellationToken cancellation)
    {
        var ended = await new OperationFollower(server, terminal).FollowAsync(asked, progress, cancellation);
        var result = OperationAnswer.ResultOf(ended, ApiJson.Default.DeployedView);
        var seconds = terminal.Clock.GetElapsedTime(_begun).TotalSeconds;
        var answer = new DeployAnswer(
            result.Instance, ended, result.Number, result.Image, result.Url, result.Changed, result.Tests, Math.Round(seconds, 1));
        return Answer.Of(answer, CliJson.Default.DeployAnswer, console => Show(console, answer, ended), OperationAnswer.ExitOf(ended));
    }

    private void Show(IAnsiConsole console, DeployAnswer one, OperationView ended)
    {
        var tests = one.Tests is { Count: > 0 } passed ? $"{Words.Count(passed.Count, "test")} passed, " : "";
        console.WriteLine(one.Changed is true
            ? $"{Outcome} (deployment {one.Number}, {tests}{Words.Took(TimeSpan.FromSeconds(one.Seconds ?? 0))})."
            : $"{one.Instance} is as it was: deployment {one.Number} has it so.");
        OperationAnswer.ShowLeftovers(console, ended);
    }
}
