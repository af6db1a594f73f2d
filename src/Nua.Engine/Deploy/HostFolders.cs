using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Deploy;

/// <summary>Keeps what is the machine's own out of containers: a package may ask for folders of the host, not for the host.</summary>
internal static class HostFolders
{
    private static readonly string[] MachinesOwn =
    [
        "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/usr",
        "/var/lib/containerd", "/var/lib/docker", "/var/lib/nua", "/var/run",
    ];

    /// <summary>The folder of the host that the volume lays into the container; <see langword="null"/> when it is a volume of the engine.</summary>
    private static string? FolderOf(Volume volume) => volume.Type switch
    {
        VolumeType.Directory => volume.Name,
        VolumeType.Managed when volume.Options.GetValueOrDefault("device") is { } device && device.StartsWith('/') => device,
        _ => null,
    };

    /// <summary>As far as the names say. Pure.</summary>
    /// <exception cref="NuaException"><c>deploy.host-folder-refused</c></exception>
    public static void Refuse(IEnumerable<Volume> volumes)
    {
        if (volumes.Select(FolderOf).OfType<string>().FirstOrDefault(folder => !folder.StartsWith('/') || IsMachinesOwn(folder)) is { } refused)
        {
            throw new NuaException(DeployProblems.HostFolderRefused(refused));
        }
    }

    /// <summary>As the links are now: what a container can write to, it can make a link in.</summary>
    /// <exception cref="NuaException"><c>deploy.host-folder-refused</c></exception>
    public static void RefuseLinks(IEnumerable<Mount> mounts)
    {
        if (mounts.OfType<Mount.OfDirectory>().FirstOrDefault(mount => IsMachinesOwn(RealPath(mount.HostPath))) is { } refused)
        {
            throw new NuaException(DeployProblems.HostFolderRefused(refused.HostPath));
        }
    }

    private static bool IsMachinesOwn(string folder) =>
        Path.GetFullPath(folder).TrimEnd('/') is var full
        && (full.Length == 0 || MachinesOwn.Any(own => IsWithin(full, own) || IsWithin(own, full)));

    private static bool IsWithin(string folder, string other) => $"{folder}/".StartsWith($"{other}/", StringComparison.Ordinal);

    /// <summary>Without dots, and with the links on the way followed as far as there is something.</summary>
    private static string RealPath(string folder)
    {
        var real = "/";
        foreach (var name in Path.GetFullPath(folder).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            real = Path.Exists(next) ? new FileInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next : next;
        }

        return real;
    }
}
