using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>PHP applications, run by php-fpm behind nginx; what Composer installs them with stays out of the image.</summary>
internal sealed class PhpBuilder : IAppBuilder
{
    private static readonly string[] Programs = ["php", PhpRecipe.Serve];

    public string Name => "php";

    public IReadOnlyList<string> Aliases => ["php-fpm"];

    public bool SharesImage => false;

    public Recognition? Recognise(BuildInput input)
    {
        if (input.Detected(Languages.Php) is { } pages)
        {
            return new Recognition(pages.Because, pages.DecidingFiles);
        }

        if (WrittenRoot(input) is { } root && input.Project.Has($"{root}/index.php"))
        {
            return new Recognition($"[build] document-root is \"{root}\", where index.php is", [$"{root}/index.php"]);
        }

        var program = input.Run.Start.Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(Programs.Contains);
        return program is null ? null : new Recognition($"[run] start runs {program}", []);
    }

    public AppLayers Layers(BuildInput input)
    {
        RefuseVersion(input.Version);
        var manifest = PhpManifest.Read(input.Project);
        IReadOnlyList<string> packages = [.. PhpExtensions.Packages(manifest.Extensions).Union(Connectors.Php.For(input.Package))];
        var stages = new PhpStages(input, manifest, [.. Apt.NamesIn(input.Run.Packages).Union(packages)]);
        var root = DocumentRootOf(input);
        return new AppLayers
        {
            Base = PhpRecipe.Server,
            Tools = stages.NeedsComposer ? new Dictionary<string, ImageRecipe> { [PhpStages.Argument] = PhpRecipe.Composer } : [],
            Packages = packages,
            Stages = stages.Write,
            CarryDependencies = text => CarryServer(text, root),
            SourceStage = stages.SourceStage,
            CarrySource = stages.CarrySource,
            Start = root is null ? null : new SuggestedStart(PhpServer.Command, "it is the builder's own server", WebServer.DefaultPort),
            Texts = root is null ? [] : new Dictionary<string, string> { [WebServer.ContextFile] = ServerOf(input, root).ToConfig() },
            Decisions = [.. ExplainRoot(input, root), .. ExplainExtensions(manifest), .. Connectors.Php.Explain(input.Package), stages.Explain()],
        };
    }

    // The distribution has one, and its extensions are made for that one.
    private static void RefuseVersion(string? version)
    {
        if (version is not (null or "8"))
        {
            throw new NuaException(BuildProblems.VersionUnavailable("php", version, "8, in the release that the distribution has"));
        }
    }

    /// <summary>The folder that is served; <see langword="null"/>: there is none, and the package says what runs.</summary>
    private static string? DocumentRootOf(BuildInput input)
    {
        var written = input.Build.DocumentRoot ?? input.Detected(Languages.Php)?.DocumentRoot;
        if (written is null)
        {
            return input.Run.Start.Count > 0 ? null : throw new NuaException(BuildProblems.NoDocumentRoot("public"));
        }

        var isMade = input.Build.Commands.Count > 0 || input.SourceFrom is not null;
        return RelativePath.Clean(written) is { } folder && (isMade || folder.Length == 0 || input.Project.HasFolder(folder))
            ? folder
            : throw new NuaException(BuildProblems.NoDocumentRoot(written));
    }

    private static string? WrittenRoot(BuildInput input) =>
        input.Build.DocumentRoot is { } written && RelativePath.Clean(written) is { Length: > 0 } folder ? folder : null;

    private static WebServer ServerOf(BuildInput input, string root) => PhpServer.Of(
        WebServer.PortOf(input.Package),
        root.Length == 0 ? input.Folder : $"{input.Folder}/{root}",
        isProject: root.Length == 0);

    private static void CarryServer(DockerfileText text, string? root)
    {
        if (root is not null)
        {
            text.Copy(WebServer.ContextFile, WebServer.File);
        }
    }

    private static IEnumerable<Decision> ExplainRoot(BuildInput input, string? root) => root is null
        ? []
        :
        [
            new Decision(
                "document root",
                root.Length == 0 ? "." : root,
                input.Build.DocumentRoot is null ? "index.php is there" : "[build] document-root says so"),
        ];

    private static IEnumerable<Decision> ExplainExtensions(PhpManifest manifest) =>
        PhpExtensions.Packages(manifest.Extensions) is { Count: > 0 } packages
            ? [new Decision("extensions", string.Join(' ', packages), "composer.json, or a dependency, asks for them")]
            : [];
}
