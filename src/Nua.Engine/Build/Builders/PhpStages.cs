using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>The build stages of a PHP application: what it depends on first, then what Composer makes of the whole.</summary>
internal sealed class PhpStages(BuildInput input, PhpManifest manifest, IReadOnlyList<string> packages)
{
    /// <summary>The build argument that names the image with Composer.</summary>
    public const string Argument = "NUA_COMPOSER";

    private const string Install = "composer install --no-dev --no-interaction --no-progress";

    public bool NeedsComposer => input.ByCommands || manifest.Installs;

    /// <summary>The stage that made something of the source.</summary>
    public string? SourceStage => NeedsComposer ? input.Stage(BuildStage.Name) : null;

    public void Write(DockerfileText text)
    {
        if (!NeedsComposer)
        {
            return;
        }

        // Composer compares the extensions that are there with those that are required.
        text.ToolStage(input, Argument, packages, Apt.NamesIn(input.Build.Packages));
        if (input.ByCommands)
        {
            text.RunCommandsOnSource(input);
            return;
        }

        if (!manifest.InstallNeedsSource)
        {
            text.Copy([.. manifest.Files.Select(input.InContext)], "./", owner: ImagePaths.Owner)
                .Run($"{Install} --no-scripts --no-autoloader", input.DownloadMounts);
        }

        text.CopySource(input.SourceFrom).Run($"{Install} --optimize-autoloader", input.DownloadMounts);
    }

    public Decision Explain() => this switch
    {
        _ when input.ByCommands => BuildStage.MadeByCommands("dependencies"),
        _ when manifest.IsVendored => new Decision("dependencies", "those in vendor", "vendor/autoload.php is there"),
        { NeedsComposer: false } => new Decision("dependencies", "none", "no composer.json asks for any"),
        _ => new Decision(
            "dependencies",
            "composer install --no-dev",
            manifest.IsLocked ? "composer.lock pins them" : "nothing pins them: add a composer.lock"),
    };
}
