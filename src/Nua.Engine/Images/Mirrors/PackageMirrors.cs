namespace Nua.Engine.Images.Mirrors;

/// <summary>Where the operator has packages come from. What is <see langword="null"/> comes from where its tool always gets it.</summary>
public sealed record PackageMirrors
{
    /// <summary>A folder of this machine with a folder for each tool; steps that download are lent all of it.</summary>
    public string? Folder { get; init; }

    /// <summary>Of the distribution; <c>{archive}</c> in its address stands for the last part of a source's own address.</summary>
    public PackageMirror? Apt { get; init; }

    public PackageMirror? Pip { get; init; }

    public PackageMirror? Npm { get; init; }

    public PackageMirror? Gem { get; init; }

    public PackageMirror? Go { get; init; }

    public PackageMirror? Cargo { get; init; }

    public PackageMirror? Maven { get; init; }

    public PackageMirror? Nuget { get; init; }

    public PackageMirror? Composer { get; init; }

    /// <summary>All that are set.</summary>
    public IEnumerable<PackageMirror> All =>
        new[] { Apt, Pip, Npm, Gem, Go, Cargo, Maven, Nuget, Composer }.OfType<PackageMirror>();
}
