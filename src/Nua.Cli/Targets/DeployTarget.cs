using Nua.Api;

namespace Nua.Cli.Targets;

/// <summary>What somebody who types <c>nua deploy TARGET</c> means.</summary>
internal abstract record DeployTarget
{
    private DeployTarget() { }

    /// <summary>A folder to build first.</summary>
    public sealed record Package(string Folder) : DeployTarget;

    /// <summary>An image that is there.</summary>
    public sealed record Image(string Name) : DeployTarget;

    /// <summary>Decides by looking: what is there as a folder or a file is that; the rest is an image's name.</summary>
    public static DeployTarget Of(string text)
    {
        if (Directory.Exists(text) || File.Exists(text))
        {
            return new Package(PackageRoot.Find(text));
        }

        return LooksLikeAPath(text) ? throw new ApiException(CliProblems.NoSuchTarget(text)) : new Image(text);
    }

    private static bool LooksLikeAPath(string text) =>
        text.StartsWith('.') || text.StartsWith('/') || text.EndsWith('/')
        || Path.GetExtension(text) is ".toml" or ".json" or ".yaml" or ".yml";
}
