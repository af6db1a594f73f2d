using System.Diagnostics;
using Nua.Core.Packages;
using Nua.Engine.Operations;

namespace Nua.Engine.Protocol;

/// <summary>Runs the steps that say whether an instance works, in order; the first that fails ends the run.</summary>
public sealed class TestProtocol
{
    /// <summary>What is asked of an app whose packager wrote no test: that its front page answers without an error.</summary>
    private static readonly TestStep FrontPage = new TestStep.Http { Name = "the front page answers", Url = "/", ExpectStatus = null };

    private readonly TestTarget _target;
    private readonly HttpSteps _http;

    private TestProtocol(TestTarget target)
    {
        _target = target;
        _http = new HttpSteps(target.Door, target.Address);
    }

    public static async Task<TestReport> RunAsync(
        TestTarget target, IReadOnlyList<TestStep> steps, TestOccasion occasion, CancellationToken cancellation)
    {
        var protocol = new TestProtocol(target);
        var outcomes = new List<TestOutcome>();
        foreach (var step in StepsOf(target, steps).Where(step => RunsOn(step, occasion)))
        {
            outcomes.Add(await protocol.RunAsync(step, cancellation));
            if (!outcomes[^1].Passed)
            {
                break;
            }
        }

        return new TestReport(outcomes);
    }

    /// <summary>A step that writes never runs on an instance that merely is being watched.</summary>
    private static bool RunsOn(TestStep step, TestOccasion occasion) =>
        step.When.Contains(occasion) && !(step.Writes && occasion is TestOccasion.Monitor);

    private static IReadOnlyList<TestStep> StepsOf(TestTarget target, IReadOnlyList<TestStep> steps) =>
        steps.Count == 0 && target.Address is not null ? [FrontPage] : steps;

    private async Task<TestOutcome> RunAsync(TestStep step, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var why = await WhyNotAsync(step, cancellation);
        return new TestOutcome(step.Name, why is null, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds, why);
    }

    private async Task<string?> WhyNotAsync(TestStep step, CancellationToken cancellation)
    {
        try
        {
            return await TimeProvider.System.WithinAsync(step.Within, limited => AskAsync(step, limited), cancellation);
        }
        catch (TimeoutException)
        {
            return $"it took longer than {step.Within.TotalSeconds:0.###} s";
        }
        catch (HttpRequestException failure)
        {
            return $"the gateway could not be asked: {failure.Message}";
        }
    }

    private async Task<string?> AskAsync(TestStep step, CancellationToken cancellation) => step switch
    {
        TestStep.Http http => await _http.WhyNotAsync(http, cancellation),
        TestStep.HostVolume volume => WhyNot(volume, _target.HasVolume(volume.Volume)),
        TestStep.HostDirectory folder => _target.HasDirectory(folder.Path) ? null : $"the server has no folder '{folder.Path}'",
        TestStep.Command command => await WhyNotAsync(command, cancellation),
        _ => throw new UnreachableException(),
    };

    private async Task<string?> WhyNotAsync(TestStep.Command step, CancellationToken cancellation)
    {
        var outcome = await _target.RunLineAsync(step.Line, cancellation);
        return outcome.Succeeded ? null : $"'{step.Line}' ended with {outcome.ExitCode}: {(outcome.LastLine is { Length: > 0 } line ? line : "no output")}";
    }

    private static string? WhyNot(TestStep.HostVolume step, bool exists) =>
        exists == step.Exists ? null : $"the instance {(exists ? "has" : "does not have")} the volume '{step.Volume}'";
}
