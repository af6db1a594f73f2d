using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Files that are served as they are, or as the package's own commands make them.</summary>
internal sealed class StaticBuilder : IAppBuilder
{
    public string Name => "static";

    public IReadOnlyList<string> Aliases => ["web", "html"];

    public bool SharesImage => false;

    public Recognition? Recognise(BuildInput input) => input switch
    {
        { Build.DocumentRoot: not null } => new Recognition("[build] document-root names files to serve", []),
        { Run.Start.Count: > 0 } or { StartScript: not null } or { Procfile.Web: not null } => null,
        _ when input.Detected(Languages.Static) is { } site => new Recognition(site.Because, site.DecidingFiles),
        _ => null,
    };

    public AppLayers Layers(BuildInput input)
    {
        var root = DocumentRoot.Of(input, input.Detected(Languages.Static)?.DocumentRoot, "index.html", isMade: BuiltIn(input) is not null)
            ?? throw new NuaException(BuildProblems.NoDocumentRoot("public"));
        var site = new WebServer(WebServer.PortOf(input.Package), root.In(input.Folder)) { Hidden = root.IsProject ? ["nua/"] : [] };
        return new AppLayers
        {
            Base = Recipes.Web,
            Stages = text => WriteBuildStage(text, input),
            CarryDependencies = text => text.Copy(WebServer.ContextFile, WebServer.File),
            SourceStage = BuiltIn(input),
            CarrySource = text => CarrySite(text, input, root),
            Start = new SuggestedStart(WebServer.Command, "it is the builder's own server", WebServer.DefaultPort),
            Texts = new Dictionary<string, string> { [WebServer.ContextFile] = site.ToConfig() },
            Decisions = [root.Explain()],
        };
    }

    /// <summary>The stage that makes the site; <see langword="null"/>: it is there as it came.</summary>
    private static string? BuiltIn(BuildInput input) => input.ByCommands ? input.Stage(BuildStage.Name) : input.SourceFrom;

    private static void WriteBuildStage(DockerfileText text, BuildInput input)
    {
        if (input.ByCommands)
        {
            text.CommandStage(input);
        }
    }

    // Only what is served: nobody can then ask for the rest. The server may read it whatever the packager's permissions were.
    private static void CarrySite(DockerfileText text, BuildInput input, DocumentRoot root)
    {
        var target = root.In(input.Folder) + "/";
        var stage = BuiltIn(input);
        text.Copy(stage is null ? root.In(input.ContextFolder) + "/" : target, target, from: stage, owner: ImagePaths.Owner);
    }
}
