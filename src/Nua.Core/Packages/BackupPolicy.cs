namespace Nua.Core.Packages;

/// <summary>The <c>[backup]</c> table of an app, a provider or a volume. A value that is absent is inherited.</summary>
public sealed record BackupPolicy
{
    /// <summary><c>pg_dump</c>, <c>tgz_volumes</c> and the like; absent lets Nua choose by type of data.</summary>
    public string? Method { get; init; }

    public TimeSpan? Frequency { get; init; }

    public IReadOnlyDictionary<string, int> Keep { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Destinations { get; init; } = [];

    /// <summary>How often a recovery point is proven by a drill.</summary>
    public TimeSpan? Drill { get; init; }

    /// <summary>Recovery point objective: the most data, in time, that may be lost.</summary>
    public TimeSpan? Rpo { get; init; }

    /// <summary>Recovery time objective: how long a recovery may take.</summary>
    public TimeSpan? Rto { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
