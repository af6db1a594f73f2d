using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>What one builder brings into an image. Where several share one, each brings its own.</summary>
internal sealed record AppLayers
{
    /// <summary>The image its programs run on.</summary>
    public required ImageRecipe Base { get; init; }

    /// <summary>Images of which only build stages are made, by the build argument that names each.</summary>
    public IReadOnlyDictionary<string, ImageRecipe> Tools { get; init; } = new Dictionary<string, ImageRecipe>();

    /// <summary>Images that build stages copy something from, by the build argument that names each.</summary>
    public IReadOnlyDictionary<string, ImageRecipe> Lenders { get; init; } = new Dictionary<string, ImageRecipe>();

    /// <summary>Distribution packages of the finished image, beside those that the package names.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>A shell line that fails when the programs are not of the wanted version.</summary>
    public string? Check { get; init; }

    /// <summary>Whether the distribution's Python is among its programs.</summary>
    public bool HasPython { get; init; }

    /// <summary>The environment of the app.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Stages that build.</summary>
    public Action<DockerfileText> Stages { get; init; } = _ => { };

    /// <summary>Carries over what the app depends on.</summary>
    public Action<DockerfileText> CarryDependencies { get; init; } = _ => { };

    /// <summary>The stage that made something of the source: its folder is the app; <see langword="null"/>: none did.</summary>
    public string? SourceStage { get; init; }

    /// <summary>
    /// Carries over the app; <see langword="null"/>: the folder of the source, as it came or as <see cref="SourceStage"/> left it,
    /// or whatever the package's own commands made.
    /// </summary>
    public Action<DockerfileText>? CarrySource { get; init; }

    /// <summary>What starts the app unless the package says; <see langword="null"/>: nothing suggests it.</summary>
    public SuggestedStart? Start { get; init; }

    /// <summary>Files it adds to the context, by path.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>What it lends to a build script, which takes the place of all that is automatic.</summary>
    public ScriptLoan ForScript { get; init; } = new();

    public IReadOnlyList<Decision> Decisions { get; init; } = [];
}

/// <param name="Command">A shell line.</param>
/// <param name="Because">One clause for a reader.</param>
/// <param name="Port">Where it listens; <see langword="null"/>: unknown.</param>
internal sealed record SuggestedStart(string Command, string Because, int? Port = null)
{
    public static SuggestedStart? Of(Core.Detecting.Detection? detection) => detection is { SuggestedStart: { } command }
        ? new SuggestedStart(command, detection.Because, detection.SuggestedPort)
        : null;
}

/// <summary>What a builder lends to the step in which a build script runs.</summary>
internal sealed record ScriptLoan
{
    /// <summary>Stages that make what is lent.</summary>
    public Action<DockerfileText> Stages { get; init; } = _ => { };

    /// <summary>Carries into the image what the script works in, and stays.</summary>
    public Action<DockerfileText> Carry { get; init; } = _ => { };

    public IReadOnlyList<string> Mounts { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
