using Nua.Api;

namespace Nua.IntegrationTests.Gateway;

/// <summary>A home of its own for one test; its path is short, for sockets live in it.</summary>
internal sealed class TemporaryHome : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nua-gw-").FullName;

    public string Folder => _folder;

    public NuaHome Home => NuaHome.Under(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
