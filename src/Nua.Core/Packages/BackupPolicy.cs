using System.Text.Json;
using Nua.Core.Quantities;

namespace Nua.Core.Packages;

/// <summary>The <c>[backup]</c> table of an app, a provider or a volume. A value that is absent is inherited.</summary>
public sealed record BackupPolicy
{
    /// <summary><c>pg_dump</c>, <c>tgz_volumes</c> and the like; absent lets Nua choose by type of data.</summary>
    public string? Method { get; init; }

    /// <summary>How often; <see langword="null"/> also for words that say no length of time.</summary>
    public TimeSpan? Frequency
    {
        get => WrittenFrequency is null ? null : Understand(WrittenFrequency);
        init => WrittenFrequency = value is null ? null : Duration.Format(value.Value);
    }

    public IReadOnlyDictionary<string, int> Keep { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Destinations { get; init; } = [];

    /// <summary>How often a recovery point is proven by a drill.</summary>
    public TimeSpan? Drill { get; init; }

    /// <summary>Recovery point objective: the most data, in time, that may be lost.</summary>
    public TimeSpan? Rpo { get; init; }

    /// <summary>Recovery time objective: how long a recovery may take.</summary>
    public TimeSpan? Rto { get; init; }

    /// <summary>Options of the method, as they are written.</summary>
    public IReadOnlyDictionary<string, JsonElement> Options { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What the packager wrote, for the normal form: the format takes any text.</summary>
    internal string? WrittenFrequency { get; init; }

    /// <returns><see langword="null"/>: it is no length of time, or too short a one.</returns>
    internal static TimeSpan? Understand(string frequency) =>
        Duration.TryParse(frequency, out var every) && every >= TimeSpan.FromSeconds(1) ? every : null;
}
