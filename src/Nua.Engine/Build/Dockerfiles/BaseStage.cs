namespace Nua.Engine.Build.Dockerfiles;

/// <summary>The beginning that all stages of ours share: the image they stand on, the user, the folders, the packages.</summary>
internal static class BaseStage
{
    // An image from elsewhere may have given the number to a user of its own.
    private const string MakeUser =
        $"getent group 1000 >/dev/null || groupadd --gid 1000 {ImagePaths.User};"
        + $" id -u {ImagePaths.User} >/dev/null 2>&1"
        + " || if taken=$(getent passwd 1000);"
        + $" then usermod --login {ImagePaths.User} --gid 1000 --home {ImagePaths.Home} --shell /bin/bash \"${{taken%%:*}}\";"
        + $" else useradd --uid 1000 --gid 1000 --home-dir {ImagePaths.Home} --shell /bin/bash --no-log-init {ImagePaths.User}; fi;"
        + $" {ImagePaths.MakeHome} && install -d -o 1000 -g 1000 {ImagePaths.Home}/app {ImagePaths.Source}";

    /// <param name="text">The Dockerfile.</param>
    /// <param name="argument">The build argument that names the image.</param>
    /// <param name="stage">What the stage is called.</param>
    /// <param name="packages">Distribution packages to install.</param>
    public static DockerfileText Base(this DockerfileText text, string argument, string stage, IEnumerable<string> packages) => text
        .From($"${{{argument}}}", stage)
        .Shell([.. DockerfileText.Bash])
        .Run(MakeUser)
        .Install(packages);

    /// <summary>Fails when what is there is not what is wanted.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="line">A shell line; <see langword="null"/>: anything does.</param>
    public static DockerfileText Check(this DockerfileText text, string? line) => line is null ? text : text.Run(line);
}
