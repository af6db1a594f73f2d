using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>Steps that the build stages of several builders share.</summary>
internal static class BuildStage
{
    public const string Name = "build";

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

    /// <summary>The package's own commands, in order, each in a shell of its own.</summary>
    public static DockerfileText RunCommands(this DockerfileText text, BuildInput input)
    {
        foreach (var command in input.Build.Commands)
        {
            text.Run(command, input.DownloadMounts);
        }

        return text;
    }

    /// <summary>The stage in which nothing but the package's own commands builds.</summary>
    public static DockerfileText CommandStage(this DockerfileText text, BuildInput input) => text
        .From(input.CommandsFrom ?? input.BaseStage, input.Stage(Name))
        .Ready(input, Apt.NamesIn(input.Build.Packages))
        .CopySource(input.SourceFrom)
        .RunCommands(input);

    /// <summary>What commands left under the home of the user: they may have put it anywhere there.</summary>
    public static DockerfileText CarryHome(this DockerfileText text, BuildInput input) => text
        .Copy(ImagePaths.Home + "/", ImagePaths.Home + "/", from: input.Stage(Name), owner: ImagePaths.Owner)
        // What has the name of something of ours, perhaps a link to elsewhere, makes way.
        .Run($"rm -rf {ImagePaths.Agent} {ImagePaths.Metadata.TrimEnd('/')}; {ImagePaths.MakeHome}");
}
