namespace Nua.Gateway.Acme;

/// <summary>An authority said no, or nothing.</summary>
/// <param name="problem">What it said; without a type when it said nothing that can be read.</param>
/// <param name="inner">What happened on the way.</param>
internal sealed class AcmeRefusal(AcmeProblem problem, Exception? inner = null)
    : Exception(problem.Detail ?? problem.Type ?? "The certificate authority gave no reason.", inner)
{
    public AcmeProblem Problem { get; } = problem;

    /// <summary>For how long the authority wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool Is(string type) => string.Equals(Problem.Type, type, StringComparison.Ordinal);

    public static AcmeRefusal Outage(string detail, Exception? inner = null) => new(new AcmeProblem(null, detail), inner);
}
