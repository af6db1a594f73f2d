using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>The build stage of a Ruby application: gems, or what the package's own commands do.</summary>
/// <param name="input">What is built.</param>
/// <param name="manifest">What the project asks for.</param>
/// <param name="packages">Distribution packages of the finished image: gems are among them.</param>
internal sealed class RubyStages(BuildInput input, RubyManifest manifest, IReadOnlyList<string> packages)
{
    /// <summary>The build argument that names the image with compilers.</summary>
    public const string Argument = "NUA_RUBY_TOOLS";

    /// <summary>Where gems are installed; those of the distribution are found beside them.</summary>
    private const string Gems = "/nua/gems";

    public bool NeedsTools => input.ByCommands || manifest.Exists;

    public string? SourceStage => input.ByCommands ? input.Stage(BuildStage.Name) : null;

    /// <summary>What Ruby and Bundler must know, when they build and when the app runs.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["BUNDLE_FROZEN"] = manifest.IsLocked ? "true" : "false",
        ["BUNDLE_WITHOUT"] = "development:test",
        ["GEM_HOME"] = Gems,
        ["PATH"] = ImagePaths.SearchPath($"{Gems}/bin"),
    };

    public void Write(DockerfileText text)
    {
        if (!NeedsTools)
        {
            return;
        }

        text.ToolStage(input, Argument, packages, Apt.NamesIn(input.Build.Packages))
            .Env(Environment)
            .Env(
            [
                KeyValuePair.Create("BUNDLE_GLOBAL_GEM_CACHE", "true"),
                KeyValuePair.Create("BUNDLE_USER_CACHE", $"{ImagePaths.Downloads}/bundle"),
            ]);
        if (input.ByCommands)
        {
            text.RunCommandsOnSource(input);
            return;
        }

        CopyWhatDecides(text);
        text.Run($"mkdir -p {Gems} && {{ {Install}; }} && rm -rf {Gems}/cache", input.DownloadMounts);
    }

    public void CarryDependencies(DockerfileText text)
    {
        if (input.ByCommands || !manifest.Exists)
        {
            return;
        }

        text.Copy(Gems, Gems, from: input.Stage(BuildStage.Name));
        if (!manifest.IsLocked)
        {
            // What was found once is what runs.
            text.Copy($"{input.Folder}/{RubyManifest.Lock}", $"{input.Folder}/", from: input.Stage(BuildStage.Name), owner: ImagePaths.Owner);
        }
    }

    public Decision Explain() => this switch
    {
        _ when input.ByCommands => BuildStage.MadeByCommands("gems"),
        _ when !manifest.Exists => new Decision("gems", "the distribution's only", "there is no Gemfile"),
        _ => new Decision("gems", Install, manifest switch
        {
            { IsVendored: true } => $"{RubyManifest.Vendored} has them",
            { IsLocked: true } => $"{RubyManifest.Lock} pins them",
            _ => $"nothing pins them, so those that are there come first: add a {RubyManifest.Lock}",
        }),
    };

    private string Install => manifest switch
    {
        { IsVendored: true } => "bundle install --local",
        { IsLocked: true } => "bundle install",
        _ => "bundle install --local || bundle install",
    };

    private void CopyWhatDecides(DockerfileText text)
    {
        if (manifest.InstallNeedsSource)
        {
            text.CopySource(input.SourceFrom);
            return;
        }

        text.Copy([.. manifest.Files.Select(input.InContext)], "./", owner: ImagePaths.Owner);
        if (manifest.IsVendored)
        {
            text.Copy(input.InContext(RubyManifest.Vendored) + "/", RubyManifest.Vendored + "/", owner: ImagePaths.Owner);
        }
    }
}
