namespace Nua.Engine.Protocol;

/// <summary>What a run of a test protocol showed.</summary>
public sealed record TestReport(IReadOnlyList<TestOutcome> Outcomes)
{
    public bool Passed => Outcomes.All(outcome => outcome.Passed);
}

/// <summary>What one step showed.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Passed">Whether it held.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Why">What was expected and what came, when it did not hold.</param>
public sealed record TestOutcome(string Name, bool Passed, long Milliseconds, string? Why = null);
