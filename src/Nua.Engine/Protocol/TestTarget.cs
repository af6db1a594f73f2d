using Nua.Engine.Runtimes;

namespace Nua.Engine.Protocol;

/// <summary>What a test protocol runs against.</summary>
/// <param name="Address">The instance's public address; <see langword="null"/> when it has no web face.</param>
/// <param name="Door">The client that reaches it through the gateway.</param>
/// <param name="ExecAsync">Runs a command in the app's workload.</param>
public sealed record TestTarget(
    Uri? Address, HttpClient Door, Func<ExecCommand, CancellationToken, Task<ExecOutcome>> ExecAsync);
