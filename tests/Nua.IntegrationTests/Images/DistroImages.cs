using System.Collections.Concurrent;
using Nua.Drivers.Images.Distro;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
using Nua.Engine.Providers.Postgres;
using Nua.IntegrationTests.Images;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(DistroImages))]

namespace Nua.IntegrationTests.Images;

/// <summary>
/// The distribution's images as tests use them. The base is the same that a server would have, so it is left where it is; what
/// holds the tests' stand-in of the agent is removed.
/// </summary>
public sealed class DistroImages : IAsyncLifetime
{
    /// <summary>
    /// Does what the agent does for a program: secrets into its environment. No more is needed here; NUA_TEST_AGENT names a
    /// published agent to be used in its place.
    /// </summary>
    private const string AgentStandIn =
        """
        #!/bin/sh
        while [ "$1" != -- ]; do shift; done
        shift
        if [ -f /run/nua/secrets.json ]; then
            for pair in $(tr -d '{}"' < /run/nua/secrets.json | tr ',:' '\n='); do
                export "$pair"
            done
        fi
        exec "$@"

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-test-");

    private readonly ConcurrentBag<ImageRecipe> _made = [];

    public DistroImages()
    {
        Store = new DockerImageStore(DockerCommand.Socket);
        Builder = new DockerImageBuilder(DockerCommand.Socket);
        Settings = new DistroSettings
        {
            CacheFolder = Path.Combine(Repository.Root, "artifacts", "test-cache", "images"),
            Agent = Environment.GetEnvironmentVariable("NUA_TEST_AGENT") ?? Path.Combine(_folder.FullName, "agent"),
            Packages = MachinePackages.Sources,
        };
        Source = new DistroSource(Store, Builder, Settings);
        RemoveAfterwards(Postgres);
    }

    /// <summary>This machine's release.</summary>
    internal static string Suite => DistroSource.HostSuite!;

    internal DockerImageStore Store { get; }

    internal DockerImageBuilder Builder { get; }

    internal DistroSettings Settings { get; }

    internal DistroSource Source { get; }

    /// <summary>PostgreSQL in the version that this machine's distribution has.</summary>
    internal ImageRecipe Postgres { get; } = PostgresImage.For(PostgresImage.Versions.In([Suite])[0]);

    /// <summary>Removes the image when the last test is over: it may hold the stand-in.</summary>
    internal void RemoveAfterwards(ImageRecipe recipe) => _made.Add(recipe);

    public async ValueTask InitializeAsync() => await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "agent"), AgentStandIn);

    public async ValueTask DisposeAsync()
    {
        foreach (var recipe in _made)
        {
            if (await Source.FindAsync(recipe, CancellationToken.None) is { } image)
            {
                await Store.RemoveAsync(image.Reference, CancellationToken.None);
            }
        }

        Source.Dispose();
        Builder.Dispose();
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
