namespace Nua.Core.Packages;

/// <summary>One <c>[[volume]]</c>.</summary>
public sealed record Volume
{
    /// <summary>Base name of a managed volume, host path of a directory; absent for tmpfs.</summary>
    public string? Name { get; init; }

    public VolumeType Type
    {
        get => WrittenType ?? VolumeType.Managed;
        init => WrittenType = value;
    }

    /// <summary>The absolute path in the container.</summary>
    public required string Target { get; init; }

    /// <summary>The volume driver of a managed volume; <c>docker</c> is the engine's own.</summary>
    public string Driver
    {
        get => WrittenDriver ?? "docker";
        init => WrittenDriver = value;
    }

    /// <summary>Driver options, and <c>tmpfs_size</c>, <c>tmpfs_mode</c>, <c>read-only</c>; the case of names is kept.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public BackupPolicy? Backup { get; init; }

    /// <summary>What two targets have in common that mean the same place: <c>/x/</c> is <c>/x</c>.</summary>
    public static string SamePlace(string target) => target.Trim() is { Length: > 1 } path ? $"/{path.Trim('/')}" : target.Trim();

    /// <summary>What the packager wrote, for the normal form, in which nothing written is <c>null</c>.</summary>
    internal VolumeType? WrittenType { get; init; }

    /// <inheritdoc cref="WrittenType"/>
    internal string? WrittenDriver { get; init; }
}

public enum VolumeType
{
    Managed,
    Directory,
    Tmpfs,
}
