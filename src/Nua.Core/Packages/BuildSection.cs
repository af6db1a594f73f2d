namespace Nua.Core.Packages;

/// <summary>The <c>[build]</c> section. Texts are as written; <c>{version}</c> and the like are rendered by the package's own values when a build is planned.</summary>
public sealed record BuildSection
{
    public string License { get; init; } = "Proprietary";

    public string? SrcUrl { get; init; }

    /// <summary>SHA-256 of the archive, 64 lowercase hexadecimal digits.</summary>
    public string? SrcChecksum { get; init; }

    public string? GitUrl { get; init; }

    public string? GitBranch { get; init; }

    /// <summary>The image to wrap; its presence selects <see cref="BuildMethod.Wrap"/>.</summary>
    public string? BaseImage { get; init; }

    /// <summary>What the packager asked for; <see langword="null"/> lets the builder decide.</summary>
    public BuildMethod? Method { get; init; }

    public BuilderChoice? Builder { get; init; }

    public IReadOnlyList<BuilderChoice> Builders { get; init; } = [];

    /// <summary>Distribution packages needed to build, absent from the final image.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    public IReadOnlyList<string> MetaPackages { get; init; } = [];

    public IReadOnlyList<string> PipInstall { get; init; } = [];

    /// <summary>Shell commands run in the source folder as user <c>nua</c>.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>Shell commands that must succeed in the finished image.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    public IReadOnlyList<string> BeforeBuild { get; init; } = [];

    /// <summary>A local folder, relative to the package, or the URL of an archive.</summary>
    public string? Project { get; init; }

    /// <summary>The folder a static site is served from, relative to the source.</summary>
    public string? DocumentRoot { get; init; }
}

/// <summary>How an image comes to be.</summary>
public enum BuildMethod
{
    /// <summary>From sources, with a builder or the package's own Dockerfile.</summary>
    Build,

    /// <summary>An existing image, with Nua's metadata added.</summary>
    Wrap,
}

/// <summary><c>builder = "node-20"</c> or <c>builder = { name = "node", version = "20" }</c>.</summary>
public sealed record BuilderChoice(string Name, string? Version = null);
