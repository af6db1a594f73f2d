namespace Nua.Agent.Starting;

/// <summary>
/// How far the agent is, kept as the name of its process: it needs no file, so it works in a read-only image, and it
/// shows in every list of processes.
/// </summary>
internal static class Phase
{
    public const string Starting = "nua:starting";

    public const string Serving = "nua:serving";

    public const string Stopping = "nua:stopping";

    public static void Enter(string phase) => Libc.NameThisThread(phase);
}
