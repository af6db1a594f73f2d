using Nua.Core.Ignoring;

namespace Nua.Engine.Build.Sources;

/// <summary>Which files stay out of an image: Nua's own patterns, then those of <c>.dockerignore</c>.</summary>
internal static class IgnoreRules
{
    /// <summary>
    /// What never belongs into an image, unless a package takes it back in: hidden files of the root (<c>.git</c>,
    /// <c>.env</c>), what tools make again, and the nua-config, which travels in its normalised form.
    /// </summary>
    private const string Always =
        """
        .*
        nua/.*
        **/__pycache__
        **/*.pyc
        node_modules
        nua-config.*
        nua/nua-config.*
        nua/metadata/nua-config.*
        """;

    /// <summary>What decides the build is looked at whoever leaves it out of the image, as Docker does.</summary>
    private const string Never =
        """
        !Dockerfile
        !nua/Dockerfile
        """;

    /// <summary>The rules of a package with that <c>.dockerignore</c>, empty when it has none.</summary>
    public static IgnorePatterns Parse(string dockerignore) => IgnorePatterns.Parse(Always, dockerignore, Never);
}
