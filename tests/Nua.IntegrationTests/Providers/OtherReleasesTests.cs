using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Providers;
using Nua.Engine.Providers.MariaDb;
using Nua.Engine.Providers.Postgres;
using Nua.Engine.Providers.RabbitMq;
using Nua.Engine.Providers.Redis;
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
    [InlineData("postgres", "13")]
    [InlineData("postgres", "17")]
    [InlineData("mariadb", "10.5")]
    [InlineData("mariadb", "11.8")]
    [InlineData("redis", "8.0")]
    [InlineData("rabbitmq", "4.0")]
    public async Task They_serve_as_this_releases_own_does(string module, string version)
    {
        Assert.SkipUnless(DistroImages.Suite is "bookworm" or "trixie", "The versions are Debian's.");
        var provider = ProviderOf(module, version);
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
            var told = await docker.ExecAsync(spec.Id, SayVersion(module), Cancellation);
            Assert.Contains($"{version}.", told.Output, StringComparison.Ordinal);
            await AssertTellsFiguresAsync(docker, spec.Id, provider, env);
        }
        finally
        {
            await docker.RemoveAsync(spec.Id, CancellationToken.None);
            secrets.Delete(recursive: true);
        }
    }

    private static IMeasured ProviderOf(string module, string version) => module switch
    {
        "postgres" => new PostgresProvider(version),
        "mariadb" => new MariaDbProvider(version),
        "redis" => new RedisProvider(version),
        _ => new RabbitMqProvider(version),
    };

    private static ExecCommand SayVersion(string module) => module switch
    {
        "postgres" => new ExecCommand("postgres", "--version"),
        "mariadb" => new ExecCommand("mariadbd", "--version"),
        "redis" => new ExecCommand("redis-server", "--version"),
        _ => new ExecCommand("dpkg-query", "--show", "rabbitmq-server"),
    };

    /// <summary>As many as this release's own.</summary>
    private static async Task AssertTellsFiguresAsync(
        DockerDriver docker, WorkloadId id, IMeasured provider, IReadOnlyDictionary<string, string> env)
    {
        var answer = await docker.ExecAsync(id, provider.Measure(env), Cancellation);
        Assert.True(answer.Succeeded, answer.LastLine);
        Assert.True(provider.Read(answer.Output).Count >= 8, answer.Output);
    }
}
