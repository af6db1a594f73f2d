using System.Text;
using Nua.Drivers.Processes;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;

namespace Nua.Drivers.Images.Distro;

/// <summary>Where packages of npm's registry are fetched.</summary>
internal enum NpmOrigin
{
    /// <summary>From a registry whose address is known.</summary>
    Registry,

    /// <summary>From npm's cache in the operator's folder.</summary>
    Folder,

    /// <summary>From wherever the distribution's own npm looks. Installing that takes minutes.</summary>
    Distribution,
}

/// <summary>
/// The stage of a Dockerfile that fetches packages of npm's registry. It is thrown away, and what it fetched is compared with
/// what is known of it.
/// </summary>
internal static class NpmStage
{
    /// <summary>The id of the secret with the registry's address.</summary>
    public const string Secret = "npm-registry";

    private const string Name = "npm";

    private const string Folder = "/packages";

    private const string RegistryFile = $"{PackageSources.Place}/{Secret}";

    /// <summary>What a step is lent that uses what was fetched.</summary>
    public const string Mount = $"type=bind,from={Name},source={Folder},target={NpmPackage.Place}";

    /// <summary>Asks this machine's npm where its registry is; <see langword="null"/>: there is no npm.</summary>
    public static async Task<string?> RegistryOfMachineAsync(CancellationToken cancellation)
    {
        if (!HostProcess.Find(Name).Any())
        {
            return null;
        }

        string? registry = null;
        var command = new HostCommand(Name, "config", "get", "registry");
        var exitCode = await HostProcess.RunAsync(
            command, line => registry = line.StartsWith("http", StringComparison.Ordinal) ? line : registry, cancellation);
        return exitCode == 0 ? registry : null;
    }

    public static void Add(
        StringBuilder text, string from, IReadOnlyList<NpmPackage> wanted, PackageSources packages, NpmOrigin origin)
    {
        IReadOnlyList<string> needed = origin switch
        {
            NpmOrigin.Distribution => ["ca-certificates", "npm"],
            NpmOrigin.Registry when packages.AuthoritiesFile is null => ["ca-certificates"],
            _ => [],
        };
        text.AppendLine($"FROM {from} AS {Name}");
        if (needed.Count > 0)
        {
            text.AppendLine($"RUN {RecipeDockerfile.Install(needed, packages)}");
        }

        foreach (var (name, value) in packages.Environment)
        {
            text.AppendLine($"ARG {name}={RecipeDockerfile.Quoted(value)}");
        }

        text.AppendLine($"WORKDIR {Folder}");
        var mounts = packages.Mounts.Append($"type=secret,id={Secret},target={RegistryFile},mode=0444");
        foreach (var package in wanted)
        {
            text.AppendLine($"RUN {string.Concat(mounts.Select(mount => $"--mount={mount} "))}{Fetch(package, packages, origin)}");
        }
    }

    private static string Fetch(NpmPackage package, PackageSources packages, NpmOrigin origin) => origin switch
    {
        // apt downloads and compares what it is told to, and nothing has to be installed for it.
        NpmOrigin.Registry =>
            "/usr/lib/apt/apt-helper -qq -o Acquire::Retries=3"
            + (packages.AuthoritiesFile is { } authorities ? $" -o Acquire::https::CAInfo={authorities}" : "")
            + $" download-file \"$(cat {RegistryFile})/{package.Name}/-/{package.Name}-{package.Version}.tgz\""
            + $" {package.Name}.tgz SHA512:{package.Sha512}",
        NpmOrigin.Folder => $"cp {packages.Npm!.Address}/_cacache/content-v2/sha512/{InCache(package.Sha512)} {package.Name}.tgz && {Compare(package)}",
        _ => $"npm pack --silent {package.Name}@{package.Version} && mv {package.Name}-{package.Version}.tgz {package.Name}.tgz && {Compare(package)}",
    };

    private static string InCache(string hash) => $"{hash[..2]}/{hash[2..4]}/{hash[4..]}";

    private static string Compare(NpmPackage package) => $"echo '{package.Sha512}  {package.Name}.tgz' | sha512sum -c --quiet";
}
