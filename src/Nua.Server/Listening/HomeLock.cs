using Nua.Api;
using Nua.Core.Problems;

namespace Nua.Server.Listening;

/// <summary>Makes sure that one server at a time uses a home. The system lets go of it when the process ends, however it ends.</summary>
internal static class HomeLock
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>EAGAIN: somebody else has the lock.</summary>
    private const int WouldBlock = 11;

    /// <summary>Makes the home's folders where they are missing, and takes the lock.</summary>
    /// <exception cref="NuaException"><c>server.already-running</c>, <c>server.home-unusable</c></exception>
    public static IDisposable Take(NuaHome home)
    {
        var path = Path.Combine(home.State, "server.lock");
        try
        {
            Directory.CreateDirectory(home.Settings);
            Directory.CreateDirectory(home.State, OwnerAndGroup);
            Directory.CreateDirectory(home.Run, OwnerAndGroup);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new NuaException(ServerProblems.HomeUnusable(home.State, failure.Message), failure);
        }
        catch (IOException failure) when (failure.HResult == WouldBlock)
        {
            throw new NuaException(ServerProblems.AlreadyRunning(home.State), failure);
        }
        catch (IOException failure)
        {
            throw new NuaException(ServerProblems.HomeUnusable(home.State, failure.Message), failure);
        }
    }
}
