using System.Text.RegularExpressions;
using Nua.Core.Detecting;

namespace Nua.Engine.Build.Builders;

/// <summary>Node.js applications, installed by npm, yarn or pnpm; what only builds stays out of the image.</summary>
internal sealed partial class NodeBuilder : IAppBuilder
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

        return input.BecauseItRuns(["node", "npm", "npx"]) is { } because ? new Recognition(because, []) : null;
    }

    /// <summary>It makes assets, and nothing that runs later calls it.</summary>
    public bool OnlyBuilds(BuildInput input) =>
        (input.ByCommands || NodeManifest.Read(input.Project).HasBuildScript)
        && !input.RunLines.Any(line => Program.IsMatch(line));

    public AppLayers Layers(BuildInput input)
    {
        var manifest = NodeManifest.Read(input.Project);
        var version = NodeVersion.Of(input, manifest);
        var stages = new NodeStages(input, manifest);
        return new AppLayers
        {
            Base = version.Recipe,
            Environment = new Dictionary<string, string> { ["NODE_ENV"] = "production" },
            Stages = stages.Write,
            CarryDependencies = stages.CarryDependencies,
            SourceStage = stages.SourceStage,
            Start = SuggestedStart.Of(input.Detected(Languages.Node)),
            Decisions = [version.Decision, .. stages.Explain()],
        };
    }

    [GeneratedRegex(@"(?<![\w./-])(?:node|npm|npx)(?![\w.-])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Program { get; }
}
