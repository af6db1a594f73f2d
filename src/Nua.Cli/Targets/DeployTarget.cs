using Nua.Api;
using Nua.Core.Packages;
using Nua.Core.Sites;

namespace Nua.Cli.Targets;

/// <summary>What somebody who types <c>nua deploy TARGET</c> means.</summary>
internal abstract record DeployTarget
{
    private DeployTarget() { }

    /// <summary>A package to build first: its folder, or the nua-config that was named.</summary>
    public sealed record Package(string Path) : DeployTarget;

    /// <summary>A file that names images, domains and what is different for each.</summary>
    public sealed record Sites(string File, string Text, IReadOnlyList<Site> All) : DeployTarget;

    /// <summary>An image that is there.</summary>
    public sealed record Image(string Name) : DeployTarget;

    /// <summary>Decides by looking: what is there as a folder or a file is that; the rest is an image's name.</summary>
    /// <exception cref="ApiException"><c>cli.no-such-target</c></exception>
    /// <exception cref="Core.Problems.NuaException">What is there cannot be read, or is not valid.</exception>
    public static DeployTarget Of(string text)
    {
        if (Directory.Exists(text))
        {
            return new Package(PackageLocator.Find(text).Path);
        }

        if (!File.Exists(text))
        {
            return LooksLikeAPath(text) ? throw new ApiException(CliProblems.NoSuchTarget(text)) : new Image(text);
        }

        var content = File.ReadAllText(text);
        return SitesReader.IsSitesFile(text, content)
            ? new Sites(text, content, SitesReader.Read(text, content))
            : new Package(PackageLocator.Find(text).Path);
    }

    private static bool LooksLikeAPath(string text) =>
        text.StartsWith('.') || text.StartsWith('/') || text.EndsWith('/')
        || System.IO.Path.GetExtension(text) is ".toml" or ".json" or ".yaml" or ".yml";
}
