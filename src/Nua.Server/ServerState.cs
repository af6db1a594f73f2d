namespace Nua.Server;

/// <summary>Whether the server takes work. It does once it has finished or undone what a crash interrupted.</summary>
internal sealed class ServerState
{
    public const string Starting = "starting";
    public const string Ready = "ready";
    public const string Stopping = "stopping";

    private volatile string _now = Starting;

    public string Now => _now;

    public void BecomeReady() => Interlocked.CompareExchange(ref _now, Ready, Starting);

    public void BecomeStopping() => _now = Stopping;
}
