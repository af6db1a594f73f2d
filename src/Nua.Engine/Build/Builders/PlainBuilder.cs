using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>An application of no language we know: distribution packages and the package's own commands make it.</summary>
internal sealed class PlainBuilder : IBuilder
{
    public string Name => "plain";

    public IReadOnlyList<string> Aliases => ["base", "debian"];

    public Recognition? Recognise(BuildInput input) => input switch
    {
        { Build.Commands.Count: > 0 } => new Recognition("no language was recognised, and [build] build says how to build it", []),
        { Run.Packages.Count: > 0 } => new Recognition("no language was recognised, and [run] packages says what it is made of", []),
        { Run.Start.Count: > 0 } => new Recognition("no language was recognised, and [run] start says what to run", []),
        _ => null,
    };

    public BuildDesign Design(BuildInput input)
    {
        var start = StartDecision.For(input, Name, suggestion: null);
        var builds = input.Build.Commands.Count > 0;
        var image = new LayeredImage
        {
            Title = $"{input.Package.Metadata.ImageReference}, builder {Name}",
            Packages = Apt.NamesIn(input.Run.Packages),
            Stages = text => WriteBuildStage(text, input, builds),
            CarrySource = builds ? BuildStage.CarryHome : text => text.CopySource(),
            VolumeTargets = VolumeFolders.Of(input.Package),
            Tests = SmokeTest.For(input, start),
        };
        return new BuildDesign
        {
            Dockerfile = image.ToDockerfile(),
            Bases = new Dictionary<string, ImageRecipe> { [LayeredImage.BaseArgument] = Recipes.Base() },
            Start = start,
            Decisions = [StartDecision.Explain(input, start, detection: null), SmokeTest.Explain(input)],
        };
    }

    private static void WriteBuildStage(DockerfileText text, BuildInput input, bool builds)
    {
        if (builds)
        {
            text.From(LayeredImage.BaseStage, BuildStage.Name)
                .Ready(input, Apt.NamesIn(input.Build.Packages))
                .CopySource()
                .RunCommands(input);
        }
    }
}
