using Nua.Api;
using Nua.Api.Programs;
using Nua.Core.Problems;
using Nua.Drivers.Images.Docker;
using Nua.Drivers.Routing;
using Nua.Drivers.Runtimes.Docker;
using Nua.Drivers.State.Sqlite;
using Nua.Engine.Build;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Providers;
using Nua.Engine.Providers.Postgres;
using Nua.Server.Settings;
using Nua.Server.Uploads;

namespace Nua.Server;

/// <summary>THE list: everything foreign that is plugged into this server, by name. Nothing else names a driver.</summary>
internal static class House
{
    public static async Task<Furniture> FurnishAsync(NuaHome home, ServerSettings settings, CancellationToken cancellation)
    {
        var socket = settings.Engine.Socket;
        var database = await SqliteDatabase.OpenAsync(Path.Combine(home.State, "nua.db"), cancellation);
        var images = new DockerImageStore(socket);
        var builder = new DockerImageBuilder(socket);
        var seams = new EngineSeams
        {
            Runtime = new DockerDriver(socket, Path.Combine(home.Run, "secrets")),
            ImageStore = images,
            ImageSupply = new ImageSupply(SourcesOf(settings)),
            Gateway = new GatewayClient(home),
            Journal = new SqliteJournal(database),
            Vault = new SqliteVault(database, VaultKey.OpenOrCreate(Path.Combine(home.State, "vault.key"))),
            Providers = new ProviderCatalog(new PostgresProvider()),
            Probe = new HttpWebProbe(),
            Clock = TimeProvider.System,
            Names = new EngineNames(settings.Name),
            DomainSuffix = settings.DomainSuffix,
        };
        var builds = new BuildSettings(new NuaProgram("nua-agent").Path, Path.Combine(home.State, "builds"))
        {
            Authorities = settings.Build.Authorities,
            TimeLimit = settings.Build.TimeLimit,
        };
        var uploads = new UploadStore(Path.Combine(home.State, "uploads"), settings.Build.Uploads);
        return new Furniture(home, seams, builder, builds, new SqliteOperationLog(database), uploads);
    }

    /// <summary>In the operator's order.</summary>
    private static IReadOnlyList<IImageSource> SourcesOf(ServerSettings settings)
    {
        var known = new Dictionary<string, Func<IImageSource>>();
        return [.. settings.ImageSources.Where(known.ContainsKey).Select(name => known[name]())];
    }
}
