using Nua.Core.Detecting;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Node.js applications, installed by npm; what only builds stays out of the image.</summary>
internal sealed class NodeBuilder : IAppBuilder
{
    public string Name => "node";

    public IReadOnlyList<string> Aliases => ["nodejs"];

    public bool SharesImage => true;

    public Recognition? Recognise(BuildInput input)
    {
        if (input.Detected(Languages.Node) is { } package)
        {
            return new Recognition(package.Because, package.DecidingFiles);
        }

        var program = input.Run.Start.Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(word => word is "node" or "npm" or "npx");
        return program is null ? null : new Recognition($"[run] start runs {program}", []);
    }

    public AppLayers Layers(BuildInput input)
    {
        var stages = new NodeStages(input, NodeManifest.Read(input.Project));
        return new AppLayers
        {
            Base = NodeRecipe.For(input.Version ?? NodeRecipe.Default),
            Environment = new Dictionary<string, string> { ["NODE_ENV"] = "production" },
            Stages = stages.Write,
            CarryDependencies = stages.CarryDependencies,
            SourceStage = stages.SourceStage,
            CarrySource = stages.CarrySource,
            Start = SuggestedStart.Of(input.Detected(Languages.Node)),
            Decisions = [stages.Explain()],
        };
    }
}
