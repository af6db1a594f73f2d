using Nua.Api;
using Nua.Drivers.Routing;
using Nua.Drivers.Runtimes.Docker;
using Nua.Drivers.State.Sqlite;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Providers;
using Nua.Server.Settings;
using Nua.Server.Uploads;

namespace Nua.Server;

/// <summary>THE list: everything foreign that is plugged into this server, by name. Nothing else names a driver.</summary>
internal static class House
{
    public static async Task<ControlPlane> FurnishAsync(
        NuaHome home, ServerSettings settings, ILogger log, CancellationToken cancellation)
    {
        var database = await SqliteDatabase.OpenAsync(Path.Combine(home.State, "nua.db"), cancellation);
        var seams = new EngineSeams
        {
            Runtime = new DockerDriver(settings.Engine.Socket, Path.Combine(home.Run, "secrets")),
            ImageStore = null!,
            ImageSupply = new ImageSupply(),
            Gateway = new GatewayClient(home),
            Journal = new SqliteJournal(database),
            Vault = new SqliteVault(database, VaultKey.OpenOrCreate(Path.Combine(home.State, "vault.key"))),
            Providers = new ProviderCatalog(),
            Probe = null!,
            Clock = TimeProvider.System,
            Names = new EngineNames(settings.Name),
            DomainSuffix = settings.DomainSuffix,
        };
        return new ControlPlane(
            home,
            seams,
            new SqliteOperationLog(database),
            new UploadStore(Path.Combine(home.State, "uploads"), settings.Build.Uploads),
            log);
    }
}
