using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Providers;
using Nua.Engine.Providers.MariaDb;
using Nua.Engine.Providers.Postgres;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Images;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Providers;

/// <summary>Versions that this machine's release has not, from the releases that have them.</summary>
public sealed class OtherReleasesTests(DistroImages distro)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("postgres", "17")]
    [InlineData("mariadb", "11.8")]
    public async Task They_serve_as_this_releases_own_does(string module, string version)
    {
        Assert.SkipUnless(DistroImages.Suite is "bookworm" or "trixie", "The versions are Debian's.");
        IServerProvider provider = module == "postgres" ? new PostgresProvider(version) : new MariaDbProvider(version);
        var name = $"nua-test-{Guid.NewGuid():N}";
        var secrets = new DirectoryInfo(Path.Combine("/dev/shm", name));
        using var docker = new DockerDriver(DockerCommand.Socket, secrets.FullName, name);
        distro.RemoveAfterwards(provider.Image(version));
        var image = await distro.Source.SupplyAsync(provider.Image(version), new LineLog(), Cancellation);
        var env = provider.Env.ToDictionary(variable => variable.Key, variable => variable.Value is Setting.Literal text ? text.Value : "s3same");
        var spec = new WorkloadSpec
        {
            Id = new WorkloadId(name),
            Owner = new Ownership(name, InstanceName.Parse("versions"), "op-1", "database"),
            Image = image.Reference,
            Secrets = env.ToDictionary(variable => variable.Key, variable => new Secret(variable.Value)),
        };

        try
        {
            await docker.StartAsync(spec, Cancellation);
            await Eventually.TrueAsync(
                async () => (await docker.ExecAsync(spec.Id, provider.IsReady(env), Cancellation)).Succeeded, Cancellation);
            var told = await docker.ExecAsync(spec.Id, new ExecCommand(module == "postgres" ? "postgres" : "mariadbd", "--version"), Cancellation);
            Assert.Contains($" {version}.", told.Output, StringComparison.Ordinal);
        }
        finally
        {
            await docker.RemoveAsync(spec.Id, CancellationToken.None);
            secrets.Delete(recursive: true);
        }
    }
}
