using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Images;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Images;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing.Contracts;
using Nua.Testing.Fakes;

namespace Nua.IntegrationTests.Providers;

/// <summary>A provider made of the distribution's packages, on a real engine.</summary>
/// <param name="distro">Where its image is from.</param>
/// <param name="versions">The versions of the module.</param>
/// <param name="make">Makes the module, of the versions that can be had.</param>
public abstract class DockerProviderContract(
    DistroImages distro, ServerVersions versions, Func<IReadOnlyList<string>, IServerProvider> make) : ProviderContract
{
    private readonly DirectoryInfo _secrets = new(Path.Combine("/dev/shm", $"nua-test-{Guid.NewGuid():N}"));
    private readonly string _app = $"nua-test/contract-{Guid.NewGuid():N}:1";
    private DockerDriver _docker = null!;

    protected override IServerProvider Provider { get; } = make(versions.In([DistroImages.Suite]));

    protected override IRuntimeDriver Runtime => _docker;

    protected override IImageStore Images => distro.Store;

    protected override ImageSupply Supply { get; } = new(distro.Source);

    public override async ValueTask InitializeAsync()
    {
        _docker = new DockerDriver(DockerCommand.Socket, _secrets.FullName, Server);
        distro.RemoveAfterwards(Provider.Image(Provider.Versions[0]));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _docker.Dispose();
        await DockerCommand.TryAsync("rmi", "--force", _app);
        if (_secrets.Exists)
        {
            _secrets.Delete(recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    protected override async Task<string> AppImageAsync(string config)
    {
        var context = Directory.CreateTempSubdirectory("nua-test-");
        try
        {
            var image = await distro.Builder.BuildAsync(
                new ImageBuild
                {
                    Context = context.FullName,
                    // It ends when it is asked to: what is looked at is the provider.
                    Dockerfile = $"FROM {TinyImage.Name}\nCMD [\"sh\", \"-c\", \"trap 'exit 0' TERM; sleep 600 & wait\"]\n",
                    Tag = _app,
                    Labels = new Dictionary<string, string>
                    {
                        [ImageLabels.App] = "contract",
                        [ImageLabels.Config] = Core.Packages.PackageWriter.ToJson(
                            Core.Packages.Reading.PackageReader.Read("nua-config.toml", config)),
                    },
                },
                new LineLog(),
                Cancellation);
            return image.Reference;
        }
        finally
        {
            context.Delete(recursive: true);
        }
    }

    protected override async Task<string> ShowAsync(WorkloadId id) =>
        await DockerCommand.RunAsync("inspect", id.Value)
        + await DockerCommand.RunAsync("top", id.Value, "-eo", "pid,args")
        + await DockerCommand.RunAsync("history", "--no-trunc", (await Runtime.FindAsync(id, Cancellation))!.Image);

    protected override async Task<IReadOnlyList<string>> UsersAsync(WorkloadId id) =>
    [
        .. (await DockerCommand.RunAsync("top", id.Value, "-eo", "pid,uid,args"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries))
            .Where(process => !process[2].StartsWith("/usr/local/bin/nua-agent", StringComparison.Ordinal))
            .Select(process => process[1]),
    ];
}
