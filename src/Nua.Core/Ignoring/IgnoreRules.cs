namespace Nua.Core.Ignoring;

/// <summary>
/// Which files of a package's folder stay out of an image, and so need not be sent to where it is built: Nua's own patterns, then
/// those of <c>.dockerignore</c>.
/// </summary>
public static class IgnoreRules
{
    /// <summary>
    /// What never belongs into an image, unless a package takes it back in: hidden files of the root (<c>.git</c>,
    /// <c>.env</c>), what tools make again, and the nua-config, which travels in its normalised form. What stays in are files that
    /// say how to install: <c>.npmrc</c> tells npm where its packages are, <c>.nvmrc</c> which Node.js it is; <c>.mvn</c> is Maven's,
    /// <c>.cargo</c> Cargo's.
    /// </summary>
    private const string Always =
        """
        .*
        !.npmrc
        !.mvn
        !.cargo
        .cargo/credentials*
        !.node-version
        !.nvmrc
        !.pnpmfile.cjs
        !.yarn/patches
        !.yarn/plugins
        !.yarn/releases
        !.yarnrc
        !.yarnrc.yml
        nua/.*
        **/.git
        **/.nua
        **/__pycache__
        **/*.pyc
        **/node_modules
        nua-config.*
        nua/nua-config.*
        nua/metadata/nua-config.*
        """;

    /// <summary>Of the context of a package's own Dockerfile, which is to find there what it finds without Nua.</summary>
    private const string Histories = ".git";

    /// <summary>What decides the build is looked at whoever leaves it out of the image, as Docker does.</summary>
    private const string Deciding =
        """
        !Dockerfile
        !nua/Dockerfile
        """;

    /// <summary>What a folder needs to be a package where it is sent.</summary>
    private const string Making =
        """
        !.dockerignore
        !nua-config.*
        !nua/nua-config.*
        !nua/metadata/nua-config.*
        """;

    /// <summary>The rules of a package with that <c>.dockerignore</c>, empty when it has none.</summary>
    public static IgnorePatterns Parse(string dockerignore) => IgnorePatterns.Parse(Always, dockerignore, Deciding);

    /// <summary>The rules of a package that its own Dockerfile builds.</summary>
    public static IgnorePatterns ParseForDockerfile(string dockerignore) => IgnorePatterns.Parse(Histories, dockerignore, Deciding);

    /// <summary>What of a package is not sent.</summary>
    /// <param name="dockerignore">The text of its <c>.dockerignore</c>; empty when it has none.</param>
    /// <param name="byDockerfile">Whether its own Dockerfile builds it.</param>
    public static IgnorePatterns ParseForSending(string dockerignore, bool byDockerfile) =>
        IgnorePatterns.Parse(byDockerfile ? Histories : Always, dockerignore, Deciding, Making);
}
