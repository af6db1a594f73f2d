using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes;

/// <summary>Folders of this machine that workloads are to find: one that is missing is made, as the predecessor did (nua-config, <c>type = "directory"</c>).</summary>
internal static class HostFolder
{
    private const UnixFileMode Usual =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes those that are missing; what is there stays as it is.</summary>
    /// <exception cref="NuaException"><c>runtime.folder-not-made</c></exception>
    public static void Have(IEnumerable<Mount> mounts)
    {
        foreach (var mount in mounts.OfType<Mount.OfDirectory>().Where(mount => !Path.Exists(mount.HostPath)))
        {
            try
            {
                Directory.CreateDirectory(mount.HostPath, Usual);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new NuaException(RuntimeProblems.FolderNotMade(mount.HostPath, failure.Message), failure);
            }
        }
    }
}
