using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Build.Builders;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;

namespace Nua.Engine.Build;

/// <summary>Decides how a package is built. It looks at the list of files and reads some; it changes nothing.</summary>
internal static partial class BuildPlanner
{
    /// <param name="written">The package as it was read.</param>
    /// <param name="source">Its folder, with the source beside it that it asks for; without that, what can be told is told.</param>
    /// <param name="packages">Where its steps get packages.</param>
    public static BuildPlan Plan(Package written, SourceFolder source, PackageSources packages)
    {
        var package = Interpolation.Render(written);
        Refuse(package);

        var remote = RemoteSource.Of(package);
        var input = InputOf(package, remote, source, packages);
        var chosen = BuilderChoices.Choose(input);
        var design = chosen[0].Builder is IForeignBuilder foreign ? foreign.Design(input) : AppImage.Design(chosen, input);
        var complete = Complete(package, design);
        var config = PackageWriter.ToJson(complete);

        return new BuildPlan
        {
            Package = complete,
            Builder = ChosenBuilder.NameOf(chosen),
            Because = string.Join("; ", chosen.Select(one => one.Recognition.Because)),
            DecidingFiles = [.. chosen.SelectMany(one => one.Recognition.Files)],
            Bases = BasesOf(package, design),
            Remote = remote,
            Decisions =
            [
                .. SourceDecision.Explain(remote),
                .. BasesOf(package, design).Select(image => Explain(image.Key, image.Value)),
                .. design.Decisions,
                .. BuilderChoices.Unused(input, chosen),
            ],
            Packages = design.Packages,
            NamedImages = design.NamedImages,
            Dockerfile = design.Dockerfile,
            SourceAt = design.SourceAt,
            Texts = TextsOf(design, config),
            HasAgent = design.Start is not null,
            Labels = BuildLabels.Of(package, config),
        };
    }

    /// <summary>The package with what its builder found out: whoever deploys the image need not ask again.</summary>
    private static Package Complete(Package package, BuildDesign design) => package with
    {
        Run = package.Run with
        {
            Start = design.Start?.Start ?? package.Run.Start,
            BeforeRun = design.Start?.Before ?? package.Run.BeforeRun,
        },
        Ports = design.Port is { } port && !package.Ports.Any(known => known.IsWeb)
            ? [.. package.Ports, new Port { Name = "web", Container = new PortNumber.Fixed(port) }]
            : package.Ports,
    };

    private static BuildInput InputOf(Package package, RemoteSource? remote, SourceFolder source, PackageSources packages)
    {
        var asked = RemoteSource.ProjectIn(package.Build);
        var below = RelativePath.Clean(asked);
        var path = string.Join('/', new[] { remote?.Folder, below }.Where(part => part is { Length: > 0 }));
        var isMissing = remote is not null && !source.HasFolder(remote.Folder);
        var project = isMissing ? new SourceFolder(Path.Combine(source.Root, path), []) : source.Below(path);
        if (below is null || project is null)
        {
            throw new NuaException(BuildProblems.NoProject(asked));
        }

        var detections = Detector.Detect(project.Files, project.Read);
        var own = Detector.Detect(source.Sent, source.Read).Where(detection => detection.Language == Languages.Dockerfile);
        return new BuildInput
        {
            Package = package,
            Root = source,
            Project = project,
            ProjectPath = path,
            PackageSources = packages,
            Detections = [.. own, .. detections.Where(detection => detection.Language != Languages.Dockerfile)],
        };
    }

    // With method "build", base-image takes the place of the builder's own base.
    private static IReadOnlyDictionary<string, ImageRecipe> BasesOf(Package package, BuildDesign design) =>
        package.Build is { Method: BuildMethod.Build, BaseImage: { } reference } && design.Bases.ContainsKey(LayeredImage.BaseArgument)
            ? new Dictionary<string, ImageRecipe>(design.Bases) { [LayeredImage.BaseArgument] = ForeignImage.Recipe(reference) }
            : design.Bases;

    private static Decision Explain(string argument, ImageRecipe recipe)
    {
        var choice = $"{recipe.Name} {recipe.Version}".TrimEnd();
        return (argument == LayeredImage.BaseArgument, recipe.RegistryReference == recipe.Name) switch
        {
            (false, _) => new Decision("build image", choice, "what builds has it, and the app has not"),
            (true, true) => new Decision("base image", choice, "[build] base-image names it"),
            (true, false) => new Decision("base image", choice, "the builder stands on it"),
        };
    }

    private static Dictionary<string, string> TextsOf(BuildDesign design, string config) => design.Start is { } start
        ? new Dictionary<string, string>(design.Texts)
        {
            [ImagePaths.ContextMetadata + "nua-config.json"] = config,
            [ImagePaths.ContextMetadata + "start.json"] = start.ToJson(),
        }
        : new Dictionary<string, string> { [ForeignImage.ContextConfig] = config };

    private static void Refuse(Package package)
    {
        if (!Reference.IsMatch(package.Metadata.ImageReference))
        {
            throw new NuaException(BuildProblems.BadReference(package.Metadata.ImageReference));
        }
    }

    // What engines take as the name of an image.
    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*:\w[\w.-]{0,127}\z", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference { get; }
}
