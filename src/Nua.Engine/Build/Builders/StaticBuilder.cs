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
        { Run.Start.Count: > 0 } => null,
        _ when input.Detected(Languages.Static) is { } site => new Recognition(site.Because, site.DecidingFiles),
        _ => null,
    };

    public AppLayers Layers(BuildInput input)
    {
        var folder = DocumentRootOf(input);
        var site = new WebServer(WebServer.PortOf(input.Package), Join(input.Folder, folder)) { Hidden = folder.Length == 0 ? ["nua/"] : [] };
        return new AppLayers
        {
            Base = Recipes.Web,
            Stages = text => WriteBuildStage(text, input),
            CarryDependencies = text => text.Copy(WebServer.ContextFile, WebServer.File),
            SourceStage = BuiltIn(input),
            CarrySource = text => CarrySite(text, input, folder),
            Start = new SuggestedStart(WebServer.Command, "it is the builder's own server", WebServer.DefaultPort),
            Texts = new Dictionary<string, string> { [WebServer.ContextFile] = site.ToConfig() },
            Decisions =
            [
                new Decision(
                    "document root",
                    folder.Length == 0 ? "." : folder,
                    input.Build.DocumentRoot is null ? "index.html is there" : "[build] document-root says so"),
            ],
        };
    }

    private static string DocumentRootOf(BuildInput input)
    {
        var written = input.Build.DocumentRoot ?? input.Detected(Languages.Static)?.DocumentRoot
            ?? throw new NuaException(BuildProblems.NoDocumentRoot("public"));
        var folder = RelativePath.Clean(written) ?? throw new NuaException(BuildProblems.NoDocumentRoot(written));
        return BuiltIn(input) is not null || folder.Length == 0 || input.Project.HasFolder(folder)
            ? folder
            : throw new NuaException(BuildProblems.NoDocumentRoot(written));
    }

    /// <summary>The stage that makes the site; <see langword="null"/>: it is there as it came.</summary>
    private static string? BuiltIn(BuildInput input) =>
        input.Build.Commands.Count > 0 ? input.Stage(BuildStage.Name) : input.SourceFrom;

    private static void WriteBuildStage(DockerfileText text, BuildInput input)
    {
        if (input.Build.Commands.Count > 0)
        {
            text.CommandStage(input);
        }
    }

    // Only what is served: nobody can then ask for the rest. The server may read it whatever the packager's permissions were.
    private static void CarrySite(DockerfileText text, BuildInput input, string folder)
    {
        var target = Join(input.Folder, folder) + "/";
        var stage = BuiltIn(input);
        text.Copy(stage is null ? Join(input.ContextFolder, folder) + "/" : target, target, from: stage, owner: ImagePaths.Owner);
    }

    private static string Join(string folder, string path) => path.Length == 0 ? folder : $"{folder}/{path}";
}
