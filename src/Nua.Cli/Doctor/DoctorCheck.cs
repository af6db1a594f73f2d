using Nua.Api;

namespace Nua.Cli.Doctor;

/// <summary>One small question about this machine.</summary>
/// <param name="Name">What is looked at.</param>
/// <param name="NeedsServer">Whether only a server that answers can tell.</param>
/// <param name="AskAsync">Answers with a problem, or nothing.</param>
internal sealed record DoctorCheck(string Name, bool NeedsServer, Func<CancellationToken, Task<ProblemView?>> AskAsync);

/// <param name="Healthy">Whether every check was made and none found anything.</param>
/// <param name="Checks">In the order they were made.</param>
internal sealed record DoctorAnswer(bool Healthy, IReadOnlyList<CheckResult> Checks);

/// <param name="Name">What was looked at.</param>
/// <param name="State"><c>well</c>, <c>ill</c> or <c>unknown</c>.</param>
/// <param name="Problem">What was found, when it is ill.</param>
internal sealed record CheckResult(string Name, string State, ProblemView? Problem = null)
{
    public const string Well = "well";
    public const string Ill = "ill";
    public const string Unknown = "unknown";
}
