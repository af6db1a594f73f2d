using Nua.Agent.Starting;

namespace Nua.Agent;

/// <summary><c>nua-agent check</c>: whether the server has been started and has not ended.</summary>
internal static class CheckVerb
{
    public static int Run() => File.ReadAllText("/proc/1/comm").TrimEnd() == Phase.Serving ? 0 : 1;
}
