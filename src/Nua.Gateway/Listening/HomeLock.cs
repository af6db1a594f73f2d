using System.Globalization;
using System.Text;

namespace Nua.Gateway.Listening;

/// <summary>Makes sure that one gateway at a time uses a home. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class HomeLock : IDisposable
{
    private readonly FileStream _file;

    private HomeLock(FileStream file) => _file = file;

    /// <exception cref="GatewayException"><c>gateway.already-running</c>, <c>gateway.state-unusable</c></exception>
    public static HomeLock Take(string folder)
    {
        // Two files, for nobody else can read one that is locked.
        var (lockFile, pidFile) = (Path.Combine(folder, "lock"), Path.Combine(folder, "pid"));
        StateFile.CreateFolder(folder);
        try
        {
            var taken = new HomeLock(new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            StateFile.Write(pidFile, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return taken;
        }
        catch (IOException) when (File.Exists(lockFile))
        {
            throw GatewayProblems.AlreadyRunning(folder, Encoding.ASCII.GetString(StateFile.TryRead(pidFile) ?? []));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw GatewayProblems.StateUnusable(lockFile, failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
