using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>PHP applications, run by php-fpm behind nginx; what Composer installs them with stays out of the image.</summary>
internal sealed partial class PhpBuilder : IAppBuilder
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

        return input.BecauseItRuns(Programs) is { } because ? new Recognition(because, []) : null;
    }

    public AppLayers Layers(BuildInput input)
    {
        var wanted = WantedVersion.AskedFor(input, Name, Release, "the distribution's own, which is 8");
        var manifest = PhpManifest.Read(input.Project);
        IReadOnlyList<string> packages = [.. PhpExtensions.Packages(manifest.Extensions).Union(Connectors.Php.For(input.Package))];
        var stages = new PhpStages(input, manifest, [.. Apt.NamesIn(input.Run.Packages).Union(packages)]);
        var root = RootOf(input);
        return new AppLayers
        {
            Base = PhpRecipe.Server,
            Tools = stages.NeedsComposer ? new Dictionary<string, ImageRecipe> { [PhpStages.Argument] = PhpRecipe.Composer } : [],
            Packages = packages,
            Check = wanted?.Check("php --version"),
            Stages = stages.Write,
            CarryDependencies = text => CarryServer(text, root),
            SourceStage = stages.SourceStage,
            Start = root is null ? null : new SuggestedStart(PhpServer.Command, "it is the builder's own server", WebServer.DefaultPort),
            Texts = root is null ? [] : new Dictionary<string, string> { [WebServer.ContextFile] = ServerOf(input, root).ToConfig() },
            Decisions =
            [
                .. WantedVersion.Explain(wanted),
                .. root is null ? [] : (Decision[])[root.Explain()],
                .. ExplainExtensions(manifest),
                .. Connectors.Php.Explain(input.Package),
                stages.Explain(),
            ],
        };
    }

    /// <summary>The folder that is served; <see langword="null"/>: there is none, and the package says what runs.</summary>
    private static DocumentRoot? RootOf(BuildInput input)
    {
        var isMade = input.ByCommands || input.SourceFrom is not null;
        return DocumentRoot.Of(input, input.Detected(Languages.Php)?.DocumentRoot, "index.php", isMade) switch
        {
            null when input.Run.Start.Count == 0 => throw new NuaException(BuildProblems.NoDocumentRoot("public")),
            var root => root,
        };
    }

    private static string? WrittenRoot(BuildInput input) =>
        input.Build.DocumentRoot is { } written && RelativePath.Clean(written) is { Length: > 0 } folder ? folder : null;

    private static WebServer ServerOf(BuildInput input, DocumentRoot root) =>
        PhpServer.Of(WebServer.PortOf(input.Package), root.In(input.Folder), root.IsProject);

    private static void CarryServer(DockerfileText text, DocumentRoot? root)
    {
        if (root is not null)
        {
            text.Copy(WebServer.ContextFile, WebServer.File);
        }
    }

    private static IEnumerable<Decision> ExplainExtensions(PhpManifest manifest) =>
        PhpExtensions.Packages(manifest.Extensions) is { Count: > 0 } packages
            ? [new Decision("extensions", string.Join(' ', packages), "composer.json, or a dependency, asks for them")]
            : [];

    [GeneratedRegex(@"^(8|8\.[0-9]|7\.4)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Release { get; }
}
