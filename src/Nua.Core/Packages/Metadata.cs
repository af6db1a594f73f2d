namespace Nua.Core.Packages;

/// <summary>The <c>[metadata]</c> section.</summary>
public sealed record Metadata
{
    public required string Id { get; init; }

    public required string Version { get; init; }

    public required string Title { get; init; }

    public required string Author { get; init; }

    public string? Description { get; init; }

    public string? Tagline { get; init; }

    public string? Website { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Profile { get; init; } = [];

    /// <summary>The packager's own revision of this version; positive.</summary>
    public int? Release { get; init; }

    /// <summary><c>nua-hedgedoc</c>: the id with the prefix that every Nua image name has, once.</summary>
    public string ImageName => Id.StartsWith("nua-", StringComparison.Ordinal) ? Id : $"nua-{Id}";

    /// <summary><c>1.9.7-15</c>: version and release.</summary>
    public string ImageTag => Release is null ? Version : $"{Version}-{Release}";

    /// <summary><c>nua-hedgedoc:1.9.7-15</c>.</summary>
    public string ImageReference => $"{ImageName}:{ImageTag}";
}
