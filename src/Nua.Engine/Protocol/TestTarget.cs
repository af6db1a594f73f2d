using Nua.Engine.Runtimes;

namespace Nua.Engine.Protocol;

/// <summary>What a test protocol runs against.</summary>
/// <param name="Address">The instance's public address; <see langword="null"/> when it has no web face.</param>
/// <param name="Door">The client that reaches it through the gateway.</param>
/// <param name="RunLineAsync">Runs a shell line in the app's workload, with the app's user and environment.</param>
/// <param name="HasVolume">Whether the instance has the managed volume of that name.</param>
/// <param name="HasDirectory">Whether the server has that folder.</param>
public sealed record TestTarget(
    Uri? Address,
    HttpClient Door,
    Func<string, CancellationToken, Task<ExecOutcome>> RunLineAsync,
    Func<string, bool> HasVolume,
    Func<string, bool> HasDirectory);
