using System.Globalization;

namespace Nua.Gateway.Listening;

/// <summary>Makes sure that one gateway at a time uses a home. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class HomeLock : IDisposable
{
    private readonly FileStream _file;

    private HomeLock(FileStream file) => _file = file;

    /// <exception cref="GatewayException"><c>gateway.already-running</c></exception>
    public static HomeLock Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new HomeLock(file);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw GatewayProblems.StateUnusable(path, failure);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw GatewayProblems.AlreadyRunning(folder, "");
        }
        catch (IOException failure)
        {
            throw GatewayProblems.StateUnusable(path, failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
