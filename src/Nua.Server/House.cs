using System.Diagnostics;
using Nua.Api;
using Nua.Api.Programs;
using Nua.Core.Problems;
using Nua.Drivers.Images;
using Nua.Drivers.Images.Distro;
using Nua.Drivers.Images.Docker;
using Nua.Drivers.Images.Registry;
using Nua.Drivers.Routing;
using Nua.Drivers.Runtimes.Docker;
using Nua.Drivers.Sources;
using Nua.Drivers.State.Sqlite;
using Nua.Engine.Build;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;
using Nua.Engine.Providers;
using Nua.Engine.Providers.Mail;
using Nua.Engine.Providers.MariaDb;
using Nua.Engine.Providers.Memcached;
using Nua.Engine.Providers.Mongo;
using Nua.Engine.Providers.Postgres;
using Nua.Engine.Providers.RabbitMq;
using Nua.Engine.Providers.Redis;
using Nua.Engine.Providers.Sqlite;
using Nua.Server.Settings;
using Nua.Server.Uploads;

namespace Nua.Server;

/// <summary>THE list: everything foreign that is plugged into this server, by name. Nothing else names a driver.</summary>
internal static class House
{
    /// <summary>Plugs everything in, as the operator set it.</summary>
    public static async Task<Furniture> FurnishAsync(NuaHome home, ServerSettings settings, CancellationToken cancellation)
    {
        var socket = settings.Engine.Socket;
        var database = await SqliteDatabase.OpenAsync(Path.Combine(home.State, "nua.db"), cancellation);
        var images = new DockerImageStore(socket);
        var scratch = EmptyScratch(home);
        var builder = new DockerImageBuilder(socket, scratch.Folder, new BuildLimits(settings.Build.AtOnce, settings.Build.MemoryBytes));
        var packages = PackagesOf(home, settings);
        var agent = new NuaProgram("nua-agent").Path;
        var gateway = new GatewayClient(home);
        var seams = new EngineSeams
        {
            Runtime = new DockerDriver(socket, Path.Combine(home.Run, "secrets"), settings.Name),
            ImageStore = images,
            ImageSupply = new ImageSupply(SourcesOf(home, settings, images, builder, packages, scratch)),
            Gateway = gateway,
            Journal = new SqliteJournal(database),
            Vault = await SqliteVault.OpenAsync(database, Path.Combine(home.State, "vault.key"), cancellation),
            Providers = ProvidersOf(settings.Images),
            Probe = new HttpWebProbe(),
            Clock = TimeProvider.System,
            Names = new EngineNames(settings.Name),
            DomainSuffix = settings.DomainSuffix,
            OwnFolders = [home.Settings, home.State, home.Run],
        };
        var builds = new BuildSettings(agent, Path.Combine(scratch.Folder, "builds"))
        {
            Packages = packages,
            TimeLimit = settings.Build.TimeLimit,
        };
        var uploads = new UploadStore(Path.Combine(home.State, "uploads"), settings.Build.Uploads);
        return new Furniture(
            home, seams, builder, builds, FetcherOf(home, settings, scratch), new SqliteOperationLog(database), uploads, new DockerBuildCache(socket))
        {
            Certificates = gateway,
            Tokens = new SqliteAccessStore(database),
            Audit = new SqliteAuditTrail(database),
            LeftBehind = [.. scratch.Left, .. uploads.RemoveDrafts()],
        };
    }

    private static SourceFetcher FetcherOf(NuaHome home, ServerSettings settings, Scratch scratch) => new(
        new SourceSettings(Path.Combine(home.State, "sources"), scratch.Folder)
        {
            Limits = settings.Build.Sources,
            Authorities = AuthoritiesOf(settings),
            TimeLimit = settings.Build.TimeLimit,
        });

    /// <summary>The place of what lives as long as a build, or a request.</summary>
    internal static string ScratchIn(NuaHome home) => Path.Combine(home.State, "scratch");

    /// <summary>The same, made empty. What is there is of a server that was killed: a home has but one.</summary>
    internal static Scratch EmptyScratch(NuaHome home)
    {
        var place = ScratchIn(home);
        try
        {
            IReadOnlyList<string> left = [.. ScratchFolder.RemoveInMemory(place), .. ScratchFolder.Remove(place)];
            return new Scratch(Directory.CreateDirectory(place).FullName, left);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(ServerProblems.ScratchUnusable(place, failure.Message), failure);
        }
    }

    private static string? AuthoritiesOf(ServerSettings settings) =>
        File.Exists(settings.Build.Authorities) ? settings.Build.Authorities : null;

    /// <summary>Writes for the steps of builds where they get packages.</summary>
    private static PackageSources PackagesOf(NuaHome home, ServerSettings settings)
    {
        var packages = PackageSources.Of(
            settings.Mirrors,
            AuthoritiesOf(settings),
            settings.Images.Snapshot is null ? AptMirror.ForSteps(settings.Mirrors, settings.Images.Suite) : null,
            Path.Combine(home.Run, "package-sources"));
        packages.Write();
        return packages;
    }

    private static ProviderCatalog ProvidersOf(ImageSettings images)
    {
        var suites = DistroSuites.From(images.Suite);
        return new ProviderCatalog(
            new PostgresProvider(Of(PostgresImage.Versions)),
            new MariaDbProvider(Of(MariaDbImage.Versions)),
            new RedisCacheProvider(Of(RedisImage.Versions)),
            new RedisProvider(Of(RedisImage.Versions)),
            new MemcachedProvider(Of(MemcachedImage.Versions)),
            new RabbitMqProvider(Of(RabbitMqImage.Versions)),
            new SqliteProvider(),
            new MailProvider(Of(MailImage.Versions)),
            new MongoProvider());

        // What the first source has comes first: an app that takes any version gets that one.
        IReadOnlyList<string> Of(ServerVersions versions) =>
        [
            .. images.Sources
                .SelectMany(name => name is ImageSettings.Registry && versions.OnRegistry.Count > 0 ? versions.OnRegistry : versions.In(suites))
                .Distinct(),
        ];
    }

    /// <summary>In the operator's order.</summary>
    private static IReadOnlyList<IImageSource> SourcesOf(
        NuaHome home, ServerSettings settings, DockerImageStore images, IImageBuilder builder, PackageSources packages, Scratch scratch)
    {
        var making = new DistroSettings
        {
            CacheFolder = Path.Combine(home.State, "images"),
            Scratch = scratch.Folder,
            Agent = new NuaProgram("nua-agent").Path,
            Suite = settings.Images.Suite,
            SnapshotAt = settings.Images.Snapshot,
            SnapshotArchive = settings.Images.SnapshotArchive,
            Mirrors = settings.Mirrors,
            Packages = packages,
            TimeLimit = settings.Build.TimeLimit,
        };
        return
        [
            .. settings.Images.Sources.Select(IImageSource (name) => name switch
            {
                ImageSettings.Distro => new DistroSource(images, builder, making),
                ImageSettings.Registry => new RegistrySource(images, builder, making),
                _ => throw new UnreachableException(),
            }),
            new PackageFolder(images, builder),
        ];
    }
}

/// <summary>Where lies what lives as long as a build.</summary>
/// <param name="Folder">The place.</param>
/// <param name="Left">What was there of an earlier server and is gone now, in sentences.</param>
internal sealed record Scratch(string Folder, IReadOnlyList<string> Left);
