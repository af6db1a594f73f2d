using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers;

/// <summary>A server that can be asked for its figures: the few that an administrator looks at first.</summary>
/// <remarks>
/// Optional: what cannot be asked does not implement it. No secret stands on the command line of the question. Each passes
/// <c>ProviderContract</c> on a real server.
/// </remarks>
public interface IMeasured : IServerProvider
{
    /// <summary>Asks it, inside its own workload. It changes nothing and needs no program that only a newer image of Nua's would have.</summary>
    /// <param name="env">Its environment, secrets filled in.</param>
    ExecCommand Measure(IReadOnlyDictionary<string, string> env);

    /// <summary>What the command wrote, read. Figures that a version does not tell are left out; nothing of it: empty.</summary>
    IReadOnlyList<Metric> Read(string answer);
}
