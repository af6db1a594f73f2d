namespace Nua.Core.Packages;

/// <summary>The <c>[update]</c> section.</summary>
public sealed record UpdateSection
{
    /// <summary>Commands run with the new image before it starts.</summary>
    public IReadOnlyList<string> Migrate { get; init; } = [];

    public UpdateStrategy Strategy { get; init; } = UpdateStrategy.Auto;

    /// <summary>How long errors and latency are watched after the switch.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(60);
}

public enum UpdateStrategy
{
    /// <summary>What the rehearsal shows to be safe.</summary>
    Auto,

    /// <summary>Old and new beside each other.</summary>
    Rolling,

    /// <summary>The gateway holds requests while the old one stops and the new one starts.</summary>
    Hold,

    /// <summary>The old one stops first.</summary>
    StopFirst,
}
