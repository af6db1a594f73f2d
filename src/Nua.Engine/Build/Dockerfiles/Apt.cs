using System.Text.RegularExpressions;
using Nua.Core.Problems;

namespace Nua.Engine.Build.Dockerfiles;

/// <summary>Distribution packages in a Dockerfile.</summary>
internal static partial class Apt
{
    /// <summary>Lists and archives stay on the machine that builds; the images of all apps share them.</summary>
    private static readonly string[] Caches =
    [
        "type=cache,id=nua-apt-archives,target=/var/cache/apt,sharing=locked",
        "type=cache,id=nua-apt-lists,target=/var/lib/apt/lists,sharing=locked",
    ];

    /// <summary>What <c>packages</c> lists, one name each: an entry may hold several.</summary>
    public static IReadOnlyList<string> NamesIn(IEnumerable<string> entries)
    {
        var names = entries.SelectMany(entry => entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        return names.Find(name => !PackageName.IsMatch(name)) is { } bad
            ? throw new NuaException(BuildProblems.BadPackageName(bad))
            : names;
    }

    /// <summary>Installs them, in any order the same line; nothing when there are none.</summary>
    public static DockerfileText Install(this DockerfileText text, IEnumerable<string> packages)
    {
        var names = packages.Distinct().Order(StringComparer.Ordinal).ToList();
        return names.Count == 0
            ? text
            : text.Run(
                $"{text.Packages.AptPreamble}export DEBIAN_FRONTEND=noninteractive; apt-get update -qq -o APT::Update::Error-Mode=any"
                + $" && apt-get install -y -qq --no-install-recommends {ShellText.Join(names)}"
                + " && rm -rf /var/log/apt /var/log/dpkg.log /var/log/alternatives.log /var/cache/ldconfig/aux-cache",
                [.. Caches, .. text.Packages.AptMounts]);
    }

    // A name, and perhaps =version or /suite.
    [GeneratedRegex(@"^[a-z0-9][a-z0-9+.-]+(?:=[A-Za-z0-9.+:~-]+|/[a-z-]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PackageName { get; }
}
