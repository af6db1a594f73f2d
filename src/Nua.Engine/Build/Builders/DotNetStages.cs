using Nua.Core.Detecting;
using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>The build stages of a .NET application: restore what the projects ask for, then publish one of them.</summary>
/// <param name="input">What is built.</param>
/// <param name="project">What is published; <see langword="null"/>: the package's own commands do all.</param>
internal sealed class DotNetStages(BuildInput input, DotNetProject? project)
{
    /// <summary>The build argument that names the image with the SDK.</summary>
    public const string Argument = "NUA_DOTNET_SDK";

    private const string Published = "/nua/publish";

    // Of the same effect on both steps, or the second would restore anew.
    private const string Target = "-r linux-x64 -p:Configuration=Release -p:SelfContained=true";

    private static readonly string[] ManifestNames = ["nuget.config", "global.json", "packages.lock.json"];

    private static readonly string[] ManifestExtensions = [".props", ".targets"];

    private static readonly KeyValuePair<string, string>[] ToolEnvironment =
    [
        KeyValuePair.Create("DOTNET_CLI_HOME", $"{ImagePaths.Downloads}/dotnet"),
        KeyValuePair.Create("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        KeyValuePair.Create("DOTNET_NOLOGO", "1"),
        KeyValuePair.Create("NUGET_HTTP_CACHE_PATH", $"{ImagePaths.Downloads}/nuget/http"),
        KeyValuePair.Create("NUGET_PACKAGES", $"{ImagePaths.Downloads}/nuget/packages"),
        // Where it compiles programs of one file.
        KeyValuePair.Create("XDG_DATA_HOME", $"{ImagePaths.Downloads}/share"),
    ];

    public Action<DockerfileText>? CarrySource => project is null
        ? null
        : text => text.Copy(Published + "/", input.Folder + "/", from: input.Stage(BuildStage.Name), owner: ImagePaths.Owner);

    public void Write(DockerfileText text)
    {
        text.ToolStage(input, Argument, [], Packages).Env(ToolEnvironment);
        if (project is null)
        {
            text.RunCommandsOnSource(input);
            return;
        }

        if (!project.IsFile)
        {
            CopyManifests(text);
            text.Run($"dotnet restore {Quoted} {Target}{(IsLocked ? " --locked-mode" : "")}", input.DownloadMounts);
        }

        // Nothing is compiled ahead of its time unless a program of one file asks for what is otherwise its default.
        var plain = project.IsFile && !project.Is("PublishAot", "true") ? " -p:PublishAot=false" : "";
        text.CopySource(input.SourceFrom).Run($"dotnet publish {Quoted} {Target}{plain} -o {Published}", input.DownloadMounts);
    }

    public Decision Explain() => project is null
        ? BuildStage.MadeByCommands("program", "made")
        : new Decision("program", $"dotnet publish {project.Path}", "self-contained: the image needs no .NET of its own");

    private string Quoted => ShellText.Quote(project!.Path);

    private bool IsLocked =>
        input.Project.Has(Path.Combine(Path.GetDirectoryName(project!.Path) ?? "", "packages.lock.json"));

    /// <summary>Compiling ahead of time needs a linker, and what it links with.</summary>
    private IEnumerable<string> Packages =>
        Apt.NamesIn(input.Build.Packages).Union(project?.Is("PublishAot", "true") == true ? ["clang", "zlib1g-dev"] : []);

    // Of the whole package: what is published may refer to what is outside the project's folder.
    private void CopyManifests(DockerfileText text)
    {
        foreach (var folder in input.Root.Files.Where(IsManifest).GroupBy(path => Path.GetDirectoryName(path) ?? ""))
        {
            text.Copy(
                [.. folder.Select(path => $"{ImagePaths.ContextSource}/{path}")],
                $"{ImagePaths.Source}/{folder.Key}".TrimEnd('/') + "/",
                owner: ImagePaths.Owner);
        }
    }

    private static bool IsManifest(string path) =>
        DotNetProject.IsManifest(path)
        || ManifestExtensions.Contains(Path.GetExtension(path))
        || ManifestNames.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase);
}
