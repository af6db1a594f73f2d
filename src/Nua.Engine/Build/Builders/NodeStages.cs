using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// The build stages of a Node.js application. What it needs to run and what it needs to be built are installed apart, at
/// the same time; the tools are lent to the build and never laid into a layer.
/// </summary>
internal sealed class NodeStages(BuildInput input, NodeManifest manifest)
{
    private const string Modules = "node_modules";
    private const string Dependencies = "dependencies";
    private const string Tools = "tools";

    /// <summary>The package's own commands take the place of all that is automatic.</summary>
    private bool ByCommands => input.Build.Commands.Count > 0;

    private bool Installs => manifest.Exists && !ByCommands;

    private bool BuildsScript => Installs && manifest.HasBuildScript;

    /// <summary>The stage that made something of the source.</summary>
    public string? SourceStage => ByCommands || BuildsScript ? input.Stage(BuildStage.Name) : null;

    public Action<DockerfileText>? CarrySource => ByCommands ? text => text.CarryHome(input) : null;

    public void Write(DockerfileText text)
    {
        if (ByCommands)
        {
            text.CommandStage(input);
            return;
        }

        if (Installs)
        {
            WriteInstall(text, Dependencies, "--omit=dev");
        }

        if (BuildsScript)
        {
            WriteInstall(text, Tools, "--include=dev");
            Begin(text, BuildStage.Name).CopySource(input.SourceFrom).Run(
                "npm run build",
                [$"type=bind,from={input.Stage(Tools)},source={input.Folder}/{Modules},target={input.Folder}/{Modules},rw", .. input.DownloadMounts]);
        }
    }

    public void CarryDependencies(DockerfileText text)
    {
        if (Installs)
        {
            text.Copy($"{input.Folder}/{Modules}", $"{input.Folder}/{Modules}", from: input.Stage(Dependencies));
        }
    }

    public Decision Explain() => this switch
    {
        { ByCommands: true } => new Decision(
            "dependencies", "installed by the package's own commands", "[build] build takes the place of all that is automatic"),
        { Installs: false } => new Decision("dependencies", "none", "there is no package.json"),
        _ => new Decision(
            "dependencies",
            $"npm {Verb} --omit=dev{(BuildsScript ? " ; npm run build" : "")}",
            manifest switch
            {
                { IsLocked: true } => $"{manifest.Files[1]} pins them",
                { ForeignLock: { } other } => $"npm does not read {other}, so versions are not pinned",
                _ => "nothing pins them: add a package-lock.json",
            }),
    };

    private string Verb => manifest.IsLocked ? "ci" : "install";

    private DockerfileText Begin(DockerfileText text, string stage) =>
        text.From(input.BaseStage, input.Stage(stage)).Ready(input, Apt.NamesIn(input.Build.Packages));

    private void WriteInstall(DockerfileText text, string stage, string which)
    {
        Begin(text, stage);
        if (manifest.InstallNeedsSource)
        {
            text.CopySource(input.SourceFrom);
        }
        else
        {
            text.Copy([.. manifest.Files.Select(input.InContext)], "./", owner: ImagePaths.Owner);
        }

        text.Run($"npm {Verb} {which} --no-audit --no-fund && mkdir -p {Modules}", input.DownloadMounts);
    }
}
