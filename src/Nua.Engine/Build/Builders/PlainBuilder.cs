using Nua.Core.Detecting;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>An application of no language we know: distribution packages and the package's own commands make it.</summary>
internal sealed class PlainBuilder : IAppBuilder
{
    public string Name => "plain";

    public IReadOnlyList<string> Aliases => ["base", "debian"];

    public bool SharesImage => true;

    public Recognition? Recognise(BuildInput input) => input switch
    {
        { ByCommands: true } => new Recognition("no language was recognised, and [build] build says how to build it", []),
        { Run.Packages.Count: > 0 } => new Recognition("no language was recognised, and [run] packages says what it is made of", []),
        { Run.Start.Count: > 0 } => new Recognition("no language was recognised, and [run] start says what to run", []),
        _ when input.Detected(Languages.Procfile) is { } procfile =>
            new Recognition("no language was recognised, and Procfile says what to run", procfile.DecidingFiles),
        { BuildScript: { } script } => new Recognition($"no language was recognised, and {script.Path} builds it", [script.Path]),
        { StartScript: { } script } => new Recognition($"no language was recognised, and {script.Path} starts it", [script.Path]),
        _ => null,
    };

    public AppLayers Layers(BuildInput input) => !input.ByCommands
        ? new AppLayers { Base = Recipes.Base() }
        : new AppLayers
        {
            Base = Recipes.Base(),
            Stages = text => text.CommandStage(input),
            SourceStage = input.Stage(BuildStage.Name),
        };
}
