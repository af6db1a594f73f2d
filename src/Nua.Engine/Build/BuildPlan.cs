using Nua.Core.Packages;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;

namespace Nua.Engine.Build;

/// <summary>How an image is going to be built, and who decided what. Equal packages and sources make equal plans.</summary>
public sealed record BuildPlan
{
    /// <summary>The package with all that its builder added; what the image carries.</summary>
    public required Package Package { get; init; }

    /// <summary><c>nua-guestbook:1.0-1</c>.</summary>
    public string Reference => Package.Metadata.ImageReference;

    /// <summary><c>python</c>, <c>node</c>, <c>static</c>, <c>dockerfile</c>, <c>wrap</c>, <c>plain</c>.</summary>
    public required string Builder { get; init; }

    /// <summary>One clause: why this builder.</summary>
    public required string Because { get; init; }

    /// <summary>The files that decided it, the weightiest first.</summary>
    public IReadOnlyList<string> DecidingFiles { get; init; } = [];

    /// <summary>Everything else that was decided.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>The images it stands on, by the build argument that names each in the Dockerfile.</summary>
    public required IReadOnlyDictionary<string, ImageRecipe> Bases { get; init; }

    /// <summary>The operator's folder of packages, where its steps are lent it; the same packages make the same image, so it is no base.</summary>
    public ImageRecipe? Packages { get; init; }

    /// <summary>All images that have to be there, by the build argument that names each.</summary>
    internal IReadOnlyDictionary<string, ImageRecipe> Images =>
        Packages is null ? Bases : new Dictionary<string, ImageRecipe>(Bases) { [PackageSources.FolderArgument] = Packages };

    /// <summary>Further images that the Dockerfile names itself.</summary>
    public IReadOnlyList<string> NamedImages { get; init; } = [];

    /// <summary>Where the source comes from; <see langword="null"/>: it is the package's own folder.</summary>
    public RemoteSource? Remote { get; init; }

    /// <summary>What names the content that was fetched: an archive's SHA-256, or a commit; <see langword="null"/>: nothing was.</summary>
    public string? Revision { get; init; }

    public required string Dockerfile { get; init; }

    /// <summary>Where the source is in the build context; <see langword="null"/>: it is not in it.</summary>
    public required string? SourceAt { get; init; }

    /// <summary>The plans of the package's sub-applications, by name.</summary>
    public IReadOnlyDictionary<string, BuildPlan> SubApplications { get; init; } = new Dictionary<string, BuildPlan>();

    /// <summary>Files that Nua adds to the build context, by path.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }

    /// <summary>Whether the agent is the image's first process.</summary>
    public required bool HasAgent { get; init; }

    /// <summary>What is written on the image; the hash of what went in and the agent's are added when it is built.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The plan that says what its source turned out to be.</summary>
    internal BuildPlan With(FetchedSource fetched) => this with
    {
        Revision = fetched.Revision,
        Decisions = [.. Decisions, SourceDecision.ExplainRevision(Remote!, fetched.Revision)],
    };
}

/// <summary>One thing that was decided about a build.</summary>
/// <param name="About">What about: <c>base image</c>, <c>start</c>, <c>smoke test</c>.</param>
/// <param name="Choice">What was chosen.</param>
/// <param name="Because">One clause: who or what decided it.</param>
public sealed record Decision(string About, string Choice, string Because);
