using Nua.Core.Starting;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Knows one kind of application: how to recognise it, and how its image is built.</summary>
/// <remarks>No member does more than look at the source's files, so a builder is tested by comparing Dockerfiles.</remarks>
internal interface IBuilder
{
    /// <summary>What a packager writes under <c>[build] builder</c>.</summary>
    string Name { get; }

    /// <summary>Other spellings of it.</summary>
    IReadOnlyList<string> Aliases { get; }

    /// <summary>Why the package is of this kind; <see langword="null"/>: it is not.</summary>
    Recognition? Recognise(BuildInput input);

    BuildDesign Design(BuildInput input);
}

/// <param name="Because">One clause for a reader.</param>
/// <param name="Files">The files that decided it, the weightiest first.</param>
internal sealed record Recognition(string Because, IReadOnlyList<string> Files);

/// <summary>What a builder decides.</summary>
internal sealed record BuildDesign
{
    public required string Dockerfile { get; init; }

    /// <summary>The images it stands on, by build argument.</summary>
    public IReadOnlyDictionary<string, ImageRecipe> Bases { get; init; } = new Dictionary<string, ImageRecipe>();

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
