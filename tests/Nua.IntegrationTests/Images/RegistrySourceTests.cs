using Nua.Core.Problems;
using Nua.Drivers.Images.Distro;
using Nua.Drivers.Images.Registry;
using Nua.Engine.Images;
using Nua.IntegrationTests.Build;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Images;

public sealed class RegistrySourceTests(DistroImages distro)
{
    private readonly LineLog _log = new();
    private readonly RegistrySource _source = new(distro.Store, distro.Builder, distro.Settings with { Agent = PublishedAgent.File });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_pulled_once_and_told_about()
    {
        await using var registry = await OpenAsync();
        var recipe = await PushAsync(registry, "CMD [\"echo\", \"hello\"]");

        var image = await _source.SupplyAsync(recipe, _log, Cancellation);
        var told = _log.Lines.Count;
        var again = await _source.SupplyAsync(recipe, _log, Cancellation);
        var output = await DockerCommand.RunAsync("run", "--rm", image.Reference);
        await DockerCommand.RunAsync("rmi", image.Reference);

        Assert.Equal("hello\n", output);
        Assert.Equal(image.Id, again.Id);
        Assert.NotEqual(0, told);
        Assert.Equal(told, _log.Lines.Count);
    }

    [Fact]
    public async Task One_that_is_to_run_gets_the_agent_before_its_own_command()
    {
        await using var registry = await OpenAsync();
        var recipe = await PushAsync(registry, "USER 1000\nENTRYPOINT [\"env\"]\nCMD [\"echo\", \"its own\"]\nSTOPSIGNAL SIGINT");

        var image = await _source.SupplyAsync(recipe with { UnderAgent = true }, _log, Cancellation);
        var own = await DockerCommand.RunAsync("run", "--rm", image.Reference);
        var other = await DockerCommand.RunAsync("run", "--rm", image.Reference, "id", "-u");
        var settings = await DockerCommand.RunAsync(
            "inspect", "--format", "{{json .Config.Entrypoint}} {{.Config.StopSignal}}", image.Reference);
        await DockerCommand.RunAsync("rmi", image.Reference, recipe.RegistryReference!);

        Assert.Equal(("its own\n", "1000\n"), (own, other));
        Assert.Equal("[\"/usr/local/bin/nua-agent\",\"start\",\"--user\",\"1000\",\"--\"] SIGINT\n", settings);
        Assert.Equal("start", image.Labels[ImageLabels.Agent]);
    }

    [Fact]
    public async Task What_is_made_of_packages_is_made_on_the_distributions_own_image()
    {
        const string Distribution = "docker.io/library/debian:bookworm-slim";
        var settings = distro.Settings with { Suite = "bookworm", Agent = PublishedAgent.File };
        var source = new RegistrySource(distro.Store, distro.Builder, settings);
        var python = Recipes.Python with { Packages = ["python-is-python3"], Version = $"{Guid.NewGuid():N}" };
        Assert.SkipUnless(DistroSource.HostSuite == "bookworm", "The stand-in of the distribution's image is this machine's.");
        Assert.SkipWhen(await distro.Store.FindAsync(Distribution, Cancellation) is not null, "The distribution's image is here already.");
        var stand = await distro.Source.SupplyAsync(Recipes.Base(), _log, Cancellation);
        await DockerCommand.RunAsync("tag", stand.Reference, Distribution);

        try
        {
            var before = await source.FindAsync(python, Cancellation);
            var image = await source.SupplyAsync(python, _log, Cancellation);
            var found = await source.FindAsync(python, Cancellation);
            var from = await source.FindAsync(Recipes.Base(), Cancellation);
            var output = await DockerCommand.RunAsync("run", "--rm", image.Reference, "python", "-c", "print('hello')");
            await DockerCommand.RunAsync("rmi", image.Reference, from!.Reference);

            Assert.Null(before);
            Assert.Equal((image.Id, "hello\n"), (found?.Id, output));
            Assert.StartsWith("nua/python:", image.Reference, StringComparison.Ordinal);
        }
        finally
        {
            // Whoever builds on this machine would take the stand-in for the distribution's.
            await DockerCommand.RunAsync("rmi", Distribution);
        }
    }

    [Fact]
    public async Task What_the_registry_lacks_is_a_problem_that_names_it()
    {
        await using var registry = await OpenAsync();

        var failure = await FailureAsync($"127.0.0.1:{registry.Port}/nua-test/absent:1");

        Assert.Equal("image.not-pulled", failure.Code);
        Assert.Contains("nua-test/absent", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_a_problem_too()
    {
        var failure = await FailureAsync("127.0.0.1:9/nua-test/any:1");

        Assert.Equal("image.not-pulled", failure.Code);
        Assert.Contains("connection refused", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<LocalRegistry> OpenAsync()
    {
        Assert.SkipUnless(LocalRegistry.IsInstalled, "docker-registry is not installed.");
        return await LocalRegistry.StartAsync(Cancellation);
    }

    private async Task<ImageRecipe> PushAsync(LocalRegistry registry, string steps)
    {
        var reference = $"127.0.0.1:{registry.Port}/nua-test/pushed:{Guid.NewGuid():N}";
        var context = Directory.CreateTempSubdirectory("nua-test-");
        var build = new ImageBuild { Context = context.FullName, Dockerfile = $"FROM {TinyImage.Name}\n{steps}\nLABEL x={reference}", Tag = reference };
        await distro.Builder.BuildAsync(build, new LineLog(), Cancellation);
        context.Delete();
        await DockerCommand.RunAsync("push", reference);
        await DockerCommand.RunAsync("rmi", reference);
        return new ImageRecipe { Name = "pushed", Version = "1", RegistryReference = reference };
    }

    private async Task<Problem> FailureAsync(string reference)
    {
        var recipe = new ImageRecipe { Name = "absent", Version = "1", RegistryReference = reference };
        return (await Assert.ThrowsAsync<NuaException>(() => _source.SupplyAsync(recipe, _log, Cancellation))).Problem;
    }
}
