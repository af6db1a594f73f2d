using Nua.Engine.Images.Mirrors;

namespace Nua.Drivers.Images.Distro;

/// <summary>How images are made from the distribution's packages.</summary>
public sealed record DistroSettings
{
    /// <summary>Where bootstrapped bases are kept, so that they need not be made twice.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Where lies what lives as long as a build, on the cache's disk; <see langword="null"/>: where the system has such.</summary>
    public string? Scratch { get; init; }

    /// <summary>The static binary that becomes the first process of images that run something.</summary>
    public required string Agent { get; init; }

    /// <summary>The release to build from; <see langword="null"/>: this machine's.</summary>
    public string? Suite { get; init; }

    /// <summary>The moment whose packages are used; <see langword="null"/>: now. With it, the same base comes out bit by bit.</summary>
    public DateTimeOffset? SnapshotAt { get; init; }

    /// <summary>
    /// Where the packages of that moment are: an address in which <c>{archive}</c> stands for the last part of a source's own
    /// address (<c>debian</c>, <c>debian-security</c>) and <c>{moment}</c> for the moment (<c>20260102T030405Z</c>).
    /// </summary>
    public string? SnapshotArchive { get; init; }

    /// <summary>What the operator has packages come from; the bootstrap of a base obeys it here on the machine.</summary>
    public PackageMirrors Mirrors { get; init; } = new();

    /// <summary>The same, as the steps of builds are told it.</summary>
    public PackageSources Packages { get; init; } = PackageSources.Usual;

    /// <summary>The longest that making one image may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);
}
