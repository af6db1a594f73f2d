using Nua.Engine.Images.Mirrors;

namespace Nua.Engine.Build.Dockerfiles;

/// <summary>
/// The shape that all builders of ours share. What changes rarely comes first, so that a changed line of source costs
/// one copy; what only builds is in stages that the image does not contain.
/// </summary>
internal sealed record LayeredImage
{
    /// <summary>The build argument that names the image it stands on.</summary>
    public const string BaseArgument = "NUA_BASE";

    /// <summary>The stage with the packages the app needs to run; what a builder's own stages begin from.</summary>
    public const string BaseStageName = "base";

    public required string Title { get; init; }

    /// <summary>Where its steps get packages.</summary>
    public required PackageSources PackageSources { get; init; }

    /// <summary>Distribution packages of the finished image.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Lines that fail when what the image stands on is not what is wanted.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>The environment of the app.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Further arguments that name images.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What all stages of the image begin with beside the packages.</summary>
    public Action<DockerfileText> CarryTools { get; init; } = _ => { };

    /// <summary>Stages that build.</summary>
    public Action<DockerfileText> Stages { get; init; } = _ => { };

    /// <summary>Carries over what the app depends on.</summary>
    public Action<DockerfileText> CarryDependencies { get; init; } = _ => { };

    /// <summary>Carries over the app.</summary>
    public required Action<DockerfileText> CarrySource { get; init; }

    /// <summary>Folders on which volumes are mounted: a new volume takes over the folder's owner.</summary>
    public IReadOnlyList<string> VolumeTargets { get; init; } = [];

    /// <summary>Where the app is, and its tests run.</summary>
    public string Folder { get; init; } = ImagePaths.Source;

    /// <summary>Lines that must succeed in the finished image; at least one.</summary>
    public required IReadOnlyList<string> Tests { get; init; }

    public string ToDockerfile()
    {
        var text = new DockerfileText(PackageSources).Comment(Title);
        foreach (var argument in Arguments.Prepend(BaseArgument))
        {
            text.Argument(argument);
        }

        if (PackageSources.Folder is not null)
        {
            text.Argument(PackageSources.FolderArgument).From($"${{{PackageSources.FolderArgument}}}", PackageSources.FolderStage);
        }

        // It is ready for apps: the agent is in it, the user and the folders are.
        text.From($"${{{BaseArgument}}}", BaseStageName).Shell([.. DockerfileText.Bash]).Install(Packages);
        foreach (var check in Checks)
        {
            text.Check(check);
        }

        CarryTools(text);
        Stages(text);
        WriteImage(text);
        WriteProof(text);
        return text.ToString();
    }

    private void WriteImage(DockerfileText text)
    {
        text.From(BaseStageName, "image").Env(Environment).WorkIn(ImagePaths.Source);
        if (VolumeTargets.Count > 0)
        {
            text.Run(
                $"for folder in {ShellText.Join(VolumeTargets)};"
                + " do test -e \"$folder\" || install -d -o 1000 -g 1000 \"$folder\"; done");
        }

        CarryDependencies(text);
        CarrySource(text);
    }

    /// <summary>
    /// All that the tested stage lends the image is its metadata: without a passed test there is none, and what tests leave behind
    /// is not in it.
    /// </summary>
    private void WriteProof(DockerfileText text)
    {
        text.From("image", "tested")
            .Copy(ImagePaths.ContextMetadata, ImagePaths.Metadata)
            // What the image consists of is listed before the tests, which may leave traces, and in one step with the first:
            // a step of its own would cost a container.
            .Shell([ImagePaths.Agent, "sbom", "--user", ImagePaths.User, "--workdir", Folder, "--", .. DockerfileText.Bash])
            .Run(Tests[0])
            .Shell([.. DockerfileText.Bash])
            .As(ImagePaths.User)
            .Env([KeyValuePair.Create("HOME", ImagePaths.Home)]);
        if (Folder != ImagePaths.Source)
        {
            text.WorkIn(Folder);
        }

        foreach (var test in Tests.Skip(1))
        {
            text.Run(test);
        }

        text.From("image").Copy(ImagePaths.Metadata, ImagePaths.Metadata, from: "tested").EntryPoint(ImagePaths.Agent, "start");
    }
}
