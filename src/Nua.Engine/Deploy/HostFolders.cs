using Nua.Core.Problems;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Keeps what is the machine's own out of containers: a package may ask for folders of the host, not for the host.</summary>
/// <param name="serversOwn">The folders this server keeps its state, its settings and its secrets in.</param>
internal sealed class HostFolders(IReadOnlyList<string> serversOwn)
{
    private const int MostLinks = 40;

    private static readonly string[] MachinesOwn =
    [
        "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/usr",
        "/var/lib/containerd", "/var/lib/docker", "/var/lib/nua", "/var/run", "/var/spool/cron",
    ];

    // What the local driver of volumes can mount that lies elsewhere, or nowhere.
    private static readonly string[] Harmless = ["tmpfs", "nfs", "nfs4", "cifs"];

    /// <summary>As the links are now: what a container can write to, it can make a link in.</summary>
    /// <exception cref="NuaException"><c>deploy.host-folder-refused</c></exception>
    public void Refuse(IEnumerable<Mount> mounts)
    {
        foreach (var mount in mounts.OfType<Mount.OfDirectory>())
        {
            Refuse(mount.HostPath);
        }
    }

    /// <summary>A volume can be a folder of the host under another name, by what its driver is told.</summary>
    /// <exception cref="NuaException"><c>deploy.host-folder-refused</c></exception>
    public void Refuse(VolumePlan volume)
    {
        if (volume.Options.GetValueOrDefault("device") is { } device && !Harmless.Contains(volume.Options.GetValueOrDefault("type")))
        {
            Refuse(volume.Options.GetValueOrDefault("type") is null or "none" ? device : "/");
        }
    }

    /// <summary>Folders of the host that a deployment mounts and the one before did not, where they are not the caller's to give.</summary>
    /// <exception cref="NuaException"><c>deploy.host-folder-consent</c></exception>
    public static void RefuseNew(DeployRequest request, Deployment wanted, Deployment? serving)
    {
        var known = serving is null ? [] : FoldersOf(serving).ToHashSet(StringComparer.Ordinal);
        if (request.NoNewHostFolders && FoldersOf(wanted).FirstOrDefault(folder => !known.Contains(folder)) is { } folder)
        {
            throw new NuaException(DeployProblems.HostFolderConsent(folder));
        }
    }

    private static IEnumerable<string> FoldersOf(Deployment deployment) => deployment.Workloads
        .SelectMany(workload => workload.Mounts)
        .OfType<Mount.OfDirectory>()
        .Select(mount => mount.HostPath)
        .Concat(deployment.Volumes.Select(volume => volume.Options.GetValueOrDefault("device")).OfType<string>().Where(device => device.StartsWith('/')));

    private void Refuse(string folder)
    {
        if (!folder.StartsWith('/') || IsOwn(RealPath(folder)))
        {
            throw new NuaException(DeployProblems.HostFolderRefused(folder));
        }
    }

    private bool IsOwn(string folder) =>
        folder == "/" || MachinesOwn.Concat(serversOwn).Any(own => IsWithin(folder, own) || IsWithin(own, folder));

    private static bool IsWithin(string folder, string other) => $"{folder}/".StartsWith($"{other}/", StringComparison.Ordinal);

    /// <summary>Without dots, and with every link on the way followed, as far as there is something; too many links lead to the root.</summary>
    private static string RealPath(string folder)
    {
        var path = Path.GetFullPath(folder);
        for (var links = 0; links < MostLinks; links++)
        {
            if (FirstLinkIn(path) is not { } link)
            {
                return path.Length > 1 ? path.TrimEnd('/') : path;
            }

            var target = new FileInfo(link).LinkTarget!;
            path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link)!, target) + path[link.Length..]);
        }

        return "/";
    }

    private static string? FirstLinkIn(string path)
    {
        for (var end = path.IndexOf('/', 1); end != 0; end = end < 0 ? 0 : path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (new FileInfo(part).LinkTarget is not null)
            {
                return part;
            }
        }

        return null;
    }
}
