using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// The build stages of a Node.js application. What it needs to run and what it needs to be built are installed apart, at
/// the same time; the tools are lent to the build and never laid into a layer.
/// </summary>
internal sealed class NodeStages(BuildInput input, NodeManifest manifest)
{
    private const string Modules = "node_modules";
    private const string Manager = "manager";
    private const string Dependencies = "dependencies";
    private const string Tools = "tools";

    private const string KeepModules = $"find . -name {Modules} -prune -o ! -type d -exec rm -f {{}} +";

    private const string DropModules = $"find . -name {Modules} -prune -exec rm -rf {{}} +";

    private bool Installs => manifest.HasDependencies && !input.ByCommands;

    private bool BuildsScript => manifest.HasBuildScript && !input.ByCommands;

    private NodeTool? Tool => input.ByCommands || Installs || BuildsScript ? manifest.Manager.Tool : null;

    /// <summary>The stage that all others begin from.</summary>
    private string Origin => Tool is null ? input.CommandsFrom ?? input.BaseStage : input.Stage(Manager);

    /// <summary>The stage that made something of the source.</summary>
    public string? SourceStage => this switch
    {
        _ when input.ByCommands || BuildsScript => input.Stage(BuildStage.Name),
        _ when Installs && manifest.InstallNeedsSource => input.Stage(Dependencies),
        _ => null,
    };

    public void Write(DockerfileText text)
    {
        if (Tool is not null)
        {
            WriteManager(text, Tool);
        }

        if (input.ByCommands)
        {
            text.CommandStage(input with { CommandsFrom = Origin });
            return;
        }

        if (Installs)
        {
            WriteInstall(text, Dependencies, manifest.Manager.InstallToRun, KeepsSourceApart ? $" && {KeepModules}" : "");
        }

        if (BuildsScript)
        {
            WriteBuild(text);
        }
    }

    public void CarryDependencies(DockerfileText text)
    {
        if (KeepsSourceApart)
        {
            text.Copy($"{input.Folder}/", $"{input.Folder}/", from: input.Stage(Dependencies), owner: ImagePaths.Owner);
        }
        else if (Installs && !manifest.InstallNeedsSource)
        {
            text.Copy($"{input.Folder}/{Modules}", $"{input.Folder}/{Modules}", from: input.Stage(Dependencies));
        }
    }

    public IEnumerable<Decision> Explain()
    {
        if (Tool is { } tool)
        {
            yield return new Decision("package manager", $"{manifest.Manager.Name} {tool.Version}", manifest.Manager.Because);
        }

        yield return this switch
        {
            _ when input.ByCommands => BuildStage.MadeByCommands("dependencies"),
            { Installs: false } => new Decision(
                "dependencies", BuildsScript ? "none ; npm run build" : "none", manifest.Exists ? "package.json names none" : "there is no package.json"),
            _ => new Decision(
                "dependencies",
                $"{manifest.Manager.InstallToRun}{(BuildsScript ? " ; npm run build" : "")}",
                manifest.Manager.Locks is [var pins, ..] ? $"{pins} pins them" : $"nothing pins them: add the lock file of {manifest.Manager.Name}"),
        };
    }

    /// <summary>
    /// Parts of the package may have folders of modules of their own, anywhere. Then the build leaves the source without them,
    /// and the installation them without the source.
    /// </summary>
    private bool KeepsSourceApart => Installs && manifest.InstallNeedsSource && BuildsScript;

    private DockerfileText Begin(DockerfileText text, string stage) =>
        text.From(Origin, input.Stage(stage)).Ready(input, Apt.NamesIn(input.Build.Packages));

    private void WriteManager(DockerfileText text, NodeTool tool) => text
        .From(input.CommandsFrom ?? input.BaseStage, input.Stage(Manager))
        .Ready(input, [])
        .Env([KeyValuePair.Create("PATH", ImagePaths.SearchPath(NodeTool.Programs)), .. manifest.Manager.Environment])
        .Run(tool.InstallLine(), input.DownloadMounts)
        .As("root");

    private void WriteInstall(DockerfileText text, string stage, string install, string then = "")
    {
        Begin(text, stage);
        if (manifest.InstallNeedsSource)
        {
            text.CopySource(input.SourceFrom);
        }
        else
        {
            text.CopyFiles(input, manifest.Files);
        }

        text.Run($"{install} && mkdir -p {Modules}{then}", input.DownloadMounts);
    }

    private void WriteBuild(DockerfileText text)
    {
        const string Build = "npm run build";
        if (!Installs)
        {
            Begin(text, BuildStage.Name).CopySource(input.SourceFrom).Run(Build, input.DownloadMounts);
            return;
        }

        WriteInstall(text, Tools, manifest.Manager.InstallAll);
        if (manifest.InstallNeedsSource)
        {
            text.From(input.Stage(Tools), input.Stage(BuildStage.Name)).Run($"{Build} && {DropModules}", input.DownloadMounts);
            return;
        }

        Begin(text, BuildStage.Name).CopySource(input.SourceFrom).Run(
            Build,
            [$"type=bind,from={input.Stage(Tools)},source={input.Folder}/{Modules},target={input.Folder}/{Modules},rw", .. input.DownloadMounts]);
    }
}
