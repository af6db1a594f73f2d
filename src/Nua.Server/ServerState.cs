namespace Nua.Server;

/// <summary>Whether the server takes work. It does once it has finished or undone what a crash interrupted.</summary>
internal sealed class ServerState
{
    /// <summary>It finishes or undoes what was interrupted.</summary>
    public const string Starting = "starting";
    /// <summary>It takes work.</summary>
    public const string Ready = "ready";
    /// <summary>It finishes what is under way, and takes nothing new.</summary>
    public const string Stopping = "stopping";

    private volatile string _now = Starting;

    /// <summary>The state it is in.</summary>
    public string Now => _now;

    /// <summary>From now on it takes work, unless it is stopping already.</summary>
    public void BecomeReady() => Interlocked.CompareExchange(ref _now, Ready, Starting);

    /// <summary>From now on it takes no work.</summary>
    public void BecomeStopping() => _now = Stopping;
}
