using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>Steps that the build stages of several builders share.</summary>
internal static class BuildStage
{
    public const string Name = "build";

    /// <summary>What a builder's tools are in, where its finished image has none of them.</summary>
    private const string Toolchain = "toolchain";

    /// <summary>Readies a stage in which nothing runs as root but the installation of packages.</summary>
    public static DockerfileText Ready(this DockerfileText text, BuildInput input, IEnumerable<string> packages) => text
        .Install(packages)
        .As(ImagePaths.User)
        .Env(
        [
            KeyValuePair.Create("HOME", ImagePaths.Home),
            // Unlike pip, Go and others, npm does not keep to the folder that is meant for it.
            KeyValuePair.Create("npm_config_cache", $"{ImagePaths.Downloads}/npm"),
            .. input.PackageSources.Environment,
        ])
        .WorkIn(input.Folder);

    /// <summary>The whole source, where the app will find it.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="from">The stage that made something of it; <see langword="null"/>: as it came.</param>
    public static DockerfileText CopySource(this DockerfileText text, string? from) =>
        text.Copy((from is null ? ImagePaths.ContextSource : ImagePaths.Source) + "/", ImagePaths.Source + "/", from, ImagePaths.Owner);

    /// <summary>Some files of the project, each in its place.</summary>
    public static DockerfileText CopyFiles(this DockerfileText text, BuildInput input, IEnumerable<string> files)
    {
        foreach (var folder in files.GroupBy(path => Path.GetDirectoryName(path) ?? ""))
        {
            text.Copy([.. folder.Select(input.InContext)], $"./{folder.Key}".TrimEnd('/') + "/", owner: ImagePaths.Owner);
        }

        return text;
    }

    /// <summary>The whole source, and the package's own commands on it.</summary>
    public static DockerfileText RunCommandsOnSource(this DockerfileText text, BuildInput input) =>
        text.CopySource(input.SourceFrom).RunCommands(input);

    /// <summary>The package's own commands, in order, each in a shell of its own.</summary>
    public static DockerfileText RunCommands(this DockerfileText text, BuildInput input) =>
        !input.ByCommands ? text : text.RunEach([.. input.Build.BeforeBuild, .. input.Build.Commands], input);

    /// <summary>
    /// A stage in which <c>before-build</c> makes of the source what all else is built from. With commands of the package's own it
    /// runs before them, in their stage.
    /// </summary>
    public static DockerfileText PrepareSource(this DockerfileText text, BuildInput input, string stage) => text
        .From(input.BaseStage, stage)
        .Ready(input, Apt.NamesIn(input.Build.Packages))
        .CopySource(input.SourceFrom)
        .RunEach(input.Build.BeforeBuild, input);

    private static DockerfileText RunEach(this DockerfileText text, IEnumerable<string> commands, BuildInput input)
    {
        foreach (var command in commands)
        {
            text.Run(command, input.DownloadMounts);
        }

        return text;
    }

    /// <summary>Begins the stage that builds, in an image that has what building takes; or, for commands, where all builders' tools are.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="input">What is built.</param>
    /// <param name="argument">The build argument that names the image.</param>
    /// <param name="present">Distribution packages of the finished image that are to be there, too.</param>
    /// <param name="packages">Those that only building takes.</param>
    public static DockerfileText ToolStage(
        this DockerfileText text, BuildInput input, string argument, IReadOnlyList<string> present, IEnumerable<string> packages) => text
        .Base(argument, input.Stage(Toolchain), present)
        .From(input.CommandsFrom ?? input.Stage(Toolchain), input.Stage(Name))
        .Ready(input, packages);

    /// <summary>The stage in which nothing but the package's own commands builds.</summary>
    public static DockerfileText CommandStage(this DockerfileText text, BuildInput input) => text
        .From(input.CommandsFrom ?? input.BaseStage, input.Stage(Name))
        .Ready(input, Apt.NamesIn(input.Build.Packages))
        .RunCommandsOnSource(input);

    /// <summary>What <c>--explain</c> says where the package's own commands made something.</summary>
    public static Decision MadeByCommands(string about, string made = "installed") =>
        new(about, $"{made} by the package's own commands", "[build] build takes the place of all that is automatic");

    /// <summary>What commands left under the home of the user: they may have put it anywhere there.</summary>
    public static DockerfileText CarryHome(this DockerfileText text, BuildInput input) => text
        // Where the app starts as root, some of it has become root's; all else is the user's as it is.
        .Copy(ImagePaths.Home + "/", ImagePaths.Home + "/", from: input.Stage(Name), owner: input.StartsAsRoot ? null : ImagePaths.Owner)
        // What has the name of something of ours, perhaps a link to elsewhere, makes way.
        .Run($"rm -rf {ImagePaths.Metadata.TrimEnd('/')}; {ImagePaths.MakeHome}");
}
