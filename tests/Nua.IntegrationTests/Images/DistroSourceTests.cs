using System.Security.Cryptography;
using Nua.Core.Problems;
using Nua.Drivers.Images.Distro;
using Nua.Engine.Images;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Images;

public sealed class DistroSourceTests(DistroImages distro)
{
    private const long Megabyte = 1_000_000;

    private readonly LineLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_base_of_a_moment_is_made_once_and_comes_out_bit_by_bit_when_it_must_be_made_again()
    {
        var cache = Directory.CreateTempSubdirectory("nua-test-");
        using var source = new DistroSource(distro.Store, distro.Builder, OfMoment(cache.FullName, TimeProvider.System.GetUtcNow()));

        var image = await source.SupplyAsync(Recipes.Base(), _log, Cancellation);
        var archive = Assert.Single(cache.EnumerateFiles());
        var hash = await HashAsync(archive);
        var made = Bootstraps;

        await source.SupplyAsync(Recipes.Base(), _log, Cancellation);
        await DockerCommand.RunAsync("rmi", image.Reference);
        await source.SupplyAsync(Recipes.Base(), _log, Cancellation);
        var keptBootstraps = Bootstraps;

        await DockerCommand.RunAsync("rmi", image.Reference);
        await File.WriteAllTextAsync(archive.FullName, "not an archive", Cancellation);
        await source.SupplyAsync(Recipes.Base(), _log, Cancellation);
        await DockerCommand.RunAsync("rmi", image.Reference);

        Assert.Equal((1, 1, 2), (made, keptBootstraps, Bootstraps));
        Assert.Equal(hash, await HashAsync(archive));
        cache.Delete(recursive: true);
    }

    [Fact]
    public async Task The_base_keeps_its_budget_and_speaks_no_language_but_its_own()
    {
        var image = await distro.Source.SupplyAsync(Recipes.Base(), _log, Cancellation);

        var output = await RunAsync(image, "dpkg --audit && ls /usr/share/locale /usr/share/man && . /etc/os-release && echo $ID");

        Assert.InRange(image.SizeBytes, 1, 80 * Megabyte);
        Assert.Equal("/usr/share/locale:\n\n/usr/share/man:\ndebian\n", output);
    }

    [Fact]
    public async Task What_is_there_is_supplied_without_a_word()
    {
        var first = await distro.Source.SupplyAsync(Recipes.Python, new LineLog(), Cancellation);

        var second = await distro.Source.SupplyAsync(Recipes.Python, _log, Cancellation);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Id, (await distro.Source.FindAsync(Recipes.Python, Cancellation))?.Id);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Python_makes_environments_and_its_pip_is_in_an_image_of_its_own()
    {
        var python = await distro.Source.SupplyAsync(Recipes.Python, _log, Cancellation);
        var pip = await distro.Source.SupplyAsync(Recipes.PipOf(Recipes.Python), _log, Cancellation);

        var environment = await RunAsync(python, "python3 -m venv --without-pip /tmp/v && /tmp/v/bin/python -c 'print(1)'");
        var version = await RunAsync(pip, "/opt/pip/bin/pip --version");

        Assert.Equal("1\n", environment);
        Assert.StartsWith("pip ", version, StringComparison.Ordinal);
        Assert.InRange(python.SizeBytes, 1, 120 * Megabyte);
    }

    [Fact]
    public async Task Node_is_the_version_that_was_asked_for()
    {
        var image = await distro.Source.SupplyAsync(NodeRecipe.For("22"), _log, Cancellation);

        var output = await RunAsync(image, "node --version && npm --version && node -e \"console.log(require('crypto').randomUUID().length)\"");

        Assert.Equal("v22.23.3\n10.9.9\n36\n", output);
    }

    [Fact]
    public async Task The_web_server_serves_as_an_ordinary_user()
    {
        const string Settings = "pid /tmp/n.pid; events {} http { access_log off; server { listen 8080; location / { return 200 served; } } }";
        const string Ask = "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && tail -n 1 <&3";
        var image = await distro.Source.SupplyAsync(Recipes.Web, _log, Cancellation);

        var output = await DockerCommand.RunAsync(
            "run", "--rm", "--user", "33:33", image.Reference,
            "bash", "-c", $"echo '{Settings}' > /tmp/n.conf && nginx -e stderr -c /tmp/n.conf && {Ask}");

        Assert.Equal("served", output);
    }

    [Fact]
    public async Task A_static_image_runs_a_static_program_that_finds_authorities_and_a_temporary_folder()
    {
        var image = await distro.Source.SupplyAsync(Recipes.Static, _log, Cancellation);
        var tag = $"nua-test/static:{Guid.NewGuid():N}";
        var context = Directory.CreateTempSubdirectory("nua-test-");
        File.Copy("/bin/busybox", Path.Combine(context.FullName, "busybox"));
        var build = new ImageBuild { Context = context.FullName, Dockerfile = $"FROM {image.Reference}\nCOPY busybox /bin/sh", Tag = tag };
        await distro.Builder.BuildAsync(build, _log, Cancellation);

        var output = await DockerCommand.RunAsync(
            "run", "--rm", "--user", "nobody", tag, "/bin/sh", "-c", "echo > /tmp/x && grep -c BEGIN /etc/ssl/certs/ca-certificates.crt > /tmp/y && read n < /tmp/y && test $n -gt 100 && echo well");
        await DockerCommand.RunAsync("rmi", tag);
        context.Delete(recursive: true);

        Assert.Equal("well\n", output);
        Assert.InRange(image.SizeBytes, 1, Megabyte);
    }

    [Fact]
    public async Task Steps_trust_this_machines_authorities_but_images_carry_the_distributions_own()
    {
        var image = await distro.Source.SupplyAsync(Recipes.Python, _log, Cancellation);

        var inImage = await RunAsync(image, "sha256sum /etc/ssl/certs/ca-certificates.crt && dpkg --verify ca-certificates && ls /run/secrets 2>/dev/null | wc -l");

        Assert.EndsWith("\n0\n", inImage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_the_distribution_lacks_is_named_before_anything_is_built()
    {
        var recipe = new ImageRecipe { Name = "odd", Version = "1", Packages = ["python3", "no-such-package"] };

        var failure = (await Assert.ThrowsAsync<NuaException>(() => distro.Source.SupplyAsync(recipe, _log, Cancellation))).Problem;

        Assert.Equal("image.packages-unknown", failure.Code);
        Assert.Contains("no package no-such-package.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task An_archive_that_does_not_answer_fails_the_bootstrap_with_its_last_lines()
    {
        var cache = Directory.CreateTempSubdirectory("nua-test-");
        var settings = OfMoment(cache.FullName, DateTimeOffset.UnixEpoch) with { SnapshotArchive = "http://127.0.0.1:9/{archive}/{moment}" };
        using var source = new DistroSource(distro.Store, distro.Builder, settings);

        var failure = (await Assert.ThrowsAsync<NuaException>(() => source.SupplyAsync(Recipes.Base(), _log, Cancellation))).Problem;

        Assert.Equal((ProblemKind.BuildFailed, "image.bootstrap-failed"), (failure.Kind, failure.Code));
        Assert.Contains("127.0.0.1:9", string.Join('\n', failure.Details), StringComparison.Ordinal);
        Assert.Empty(cache.EnumerateFileSystemInfos());
        cache.Delete();
    }

    [Fact]
    public void A_recipe_that_only_has_a_name_is_left_to_registries() =>
        Assert.False(distro.Source.CanSupply(new ImageRecipe { Name = "x", Version = "", RegistryReference = "registry.example/x:1" }));

    private int Bootstraps => _log.Lines.Count(line => line.StartsWith("Bootstrapping", StringComparison.Ordinal));

    /// <summary>The machine's own archive stands in for one that keeps old packages: it has those of this moment.</summary>
    private DistroSettings OfMoment(string cache, DateTimeOffset moment)
    {
        var address = AptSources.Read(HostDistribution.Read()!.SourceFiles, HostDistribution.Read()!.Suite, "any")[0].Address;
        return distro.Settings with
        {
            CacheFolder = cache,
            SnapshotAt = moment,
            SnapshotArchive = address[..(address.LastIndexOf('/') + 1)] + "{archive}",
        };
    }

    private static async Task<string> HashAsync(FileInfo file)
    {
        await using var content = file.OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, Cancellation));
    }

    private static Task<string> RunAsync(Image image, string script) =>
        DockerCommand.RunAsync("run", "--rm", image.Reference, "sh", "-c", script);
}
