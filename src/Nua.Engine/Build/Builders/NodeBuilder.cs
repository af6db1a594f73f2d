using Nua.Core.Detecting;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Node.js applications, installed by npm; what only builds stays out of the image.</summary>
internal sealed class NodeBuilder : IBuilder
{
    public string Name => "node";

    public IReadOnlyList<string> Aliases => ["nodejs"];

    public Recognition? Recognise(BuildInput input)
    {
        if (input.Detected(Languages.Node) is { } package)
        {
            return new Recognition(package.Because, package.DecidingFiles);
        }

        var program = input.Run.Start.Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(word => word is "node" or "npm" or "npx");
        return program is null ? null : new Recognition($"[run] start runs {program}", []);
    }

    public BuildDesign Design(BuildInput input)
    {
        var detection = input.Detected(Languages.Node);
        var start = StartDecision.For(input, Name, detection?.SuggestedStart);
        var manifest = NodeManifest.Read(input.Project);
        var stages = new NodeStages(input, manifest);
        var image = new LayeredImage
        {
            Title = $"{input.Package.Metadata.ImageReference}, builder {Name}",
            Packages = Apt.NamesIn(input.Run.Packages),
            Environment = new Dictionary<string, string> { ["NODE_ENV"] = "production" },
            Stages = stages.Write,
            CarryDependencies = stages.CarryDependencies,
            CarrySource = stages.CarrySource,
            VolumeTargets = VolumeFolders.Of(input.Package),
            Tests = SmokeTest.For(input, start),
        };
        return new BuildDesign
        {
            Dockerfile = image.ToDockerfile(),
            Bases = new Dictionary<string, ImageRecipe> { [LayeredImage.BaseArgument] = NodeRecipe.For(input.Version ?? NodeRecipe.Default) },
            Start = start,
            Port = input.Run.Start.Count == 0 ? detection?.SuggestedPort : null,
            Decisions = [stages.Explain(), StartDecision.Explain(input, start, detection), SmokeTest.Explain(input)],
        };
    }
}
