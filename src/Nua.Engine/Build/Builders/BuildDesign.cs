using Nua.Core.Starting;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>What is decided about an image.</summary>
internal sealed record BuildDesign
{
    public required string Dockerfile { get; init; }

    /// <summary>The images it stands on, by build argument.</summary>
    public IReadOnlyDictionary<string, ImageRecipe> Bases { get; init; } = new Dictionary<string, ImageRecipe>();

    /// <summary>The operator's folder of packages, where its steps are lent it.</summary>
    public ImageRecipe? Packages { get; init; }

    /// <summary>Further images that its Dockerfile names itself.</summary>
    public IReadOnlyList<string> NamedImages { get; init; } = [];

    /// <summary>Where its Dockerfile expects the source in the context; <see langword="null"/>: it does not need it.</summary>
    public string? SourceAt { get; init; } = Dockerfiles.ImagePaths.ContextSource;

    /// <summary>What the agent is going to start; <see langword="null"/>: the image starts itself, without an agent.</summary>
    public StartFile? Start { get; init; }

    /// <summary>Where it listens unless the package says otherwise; <see langword="null"/>: unknown.</summary>
    public int? Port { get; init; }

    /// <summary>Files it adds to the context, by path.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Decision> Decisions { get; init; } = [];
}
