using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Nua.Drivers.Images.Distro;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Packages come from where the operator says, and what they asked with is nowhere afterwards.</summary>
public sealed class MirrorTests : IDisposable
{
    private readonly string _name = $"nua-test-{Guid.NewGuid():N}"[..20];
    private readonly MirrorServer _server = new(AddressForContainers());

    private string Module => _name.Replace('-', '_');

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Pip_installs_from_the_mirror_and_its_password_is_nowhere()
    {
        _server.AddPython(Module, "WHERE = 'from the mirror'\n");
        await using var workshop = new Workshop(new PackageMirrors { Pip = PackageMirror.Parse(_server.PipAddress) })
            .Config($"[build]\nbuild = \"pip install {_name} ; echo $(cat $PIP_CONFIG_FILE)\"\n[run]\nstart = \"python3 -m {Module}\"")
            .Write("main.py", "");

        await workshop.BuildAsync();

        Assert.Equal("from the mirror", (await workshop.RunAsync("python3", "-c", $"import {Module}; print({Module}.WHERE)")).Output.Trim());
        Assert.Contains(_server.Served, path => path.EndsWith(".whl", StringComparison.Ordinal));
        await AssertHiddenAsync(workshop);
    }

    [Fact]
    public async Task Npm_installs_from_the_mirror_and_its_password_is_nowhere()
    {
        _server.AddNode(_name, "module.exports = 'from the mirror';\n");
        await using var workshop = new Workshop(new PackageMirrors { Npm = PackageMirror.Parse(_server.NpmAddress) })
            .Config("[run]\nstart = \"node main.js\"")
            .Write("main.js", $"console.log(require('{_name}'));\n")
            .Write("package.json", $$"""{"name": "shop", "dependencies": {"{{_name}}": "1.0.0"} }""");

        await workshop.BuildAsync();

        Assert.Equal("from the mirror", (await workshop.RunAsync("node", "main.js")).Output.Trim());
        Assert.Contains(_server.Served, path => path.EndsWith(".tgz", StringComparison.Ordinal));
        await AssertHiddenAsync(workshop);
    }

    [Fact]
    public async Task A_folder_of_packages_is_all_that_apt_pip_and_npm_need()
    {
        var folder = Directory.CreateTempSubdirectory("nua-test-");
        Wheel.Write(folder.CreateSubdirectory("pip").FullName, Module, "WHERE = 'from the folder'\n");
        folder.CreateSubdirectory("npm");
        await DebianPackage.WriteAsync(folder.CreateSubdirectory("apt").FullName, _name);
        var mirrors = new PackageMirrors
        {
            Folder = folder.FullName,
            Apt = PackageMirror.InFolder(folder.FullName, "apt"),
            Pip = PackageMirror.InFolder(folder.FullName, "pip"),
            Npm = PackageMirror.InFolder(folder.FullName, "npm"),
        };
        await using var python = new Workshop(mirrors).Config($"[run]\npackages = [\"{_name}\"]").Write("requirements.txt", $"{_name}==1.0\n").Write("main.py", "");
        await using var node = new Workshop(mirrors);
        await FillNpmCacheAsync(node, folder.FullName);
        var asked = _server.Served.Count;

        await python.BuildAsync();
        await node.BuildAsync();
        folder.Delete(recursive: true);

        Assert.Equal("from the folder", (await python.RunAsync("python3", "-c", $"import {Module}; print({Module}.WHERE)")).Output.Trim());
        Assert.StartsWith("install ok", (await python.RunAsync("dpkg-query", "--show", "--showformat=${Status}", _name)).Output, StringComparison.Ordinal);
        Assert.Equal("from the folder", (await node.RunAsync("node", "main.js")).Output.Trim());
        Assert.NotEqual(0, (await node.RunAsync("ls", "/dev/shm/nua")).ExitCode);
        Assert.Equal(asked, _server.Served.Count);
    }

    [Fact]
    public async Task Packages_of_the_distribution_come_from_the_mirror_and_the_image_names_the_distribution()
    {
        _server.AddArchives(Sources());
        var mirrors = new PackageMirrors { Apt = PackageMirror.Parse(_server.AptAddress) };
        await using var workshop = new Workshop(mirrors);
        // No earlier run has built on it.
        var unique = await workshop.MakeAsync(new ImageRecipe
        {
            Name = "test",
            Version = _name,
            Packages = ["tree"],
            Files = new Dictionary<string, string> { ["/etc/nua-test"] = _name },
        });
        workshop.Config($"[build]\nmethod = \"build\"\nbase-image = \"{unique.Reference}\"\n[run]\npackages = [\"hello\"]\nstart = \"hello\"");

        await workshop.BuildAsync();

        Assert.StartsWith("tree v", (await workshop.RunAsync("tree", "--version")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Hello, world!", (await workshop.RunAsync("hello")).Output, StringComparison.Ordinal);
        Assert.Contains(_server.Served, path => path.Contains("/dists/", StringComparison.Ordinal));
        Assert.Contains(Sources()[0].Address, (await workshop.RunAsync("cat", "/etc/apt/sources.list")).Output, StringComparison.Ordinal);
        await AssertHiddenAsync(workshop);
    }

    [Fact]
    public async Task A_base_is_made_from_the_mirror_and_is_what_it_is_without_one()
    {
        _server.AddArchives(Sources());
        var folder = Directory.CreateTempSubdirectory("nua-test-");
        var archive = Path.Combine(folder.FullName, "base.tar");
        var bootstrap = new BaseBootstrap(DistroSource.HostSuite!, Sources())
        {
            Mirror = AptMirror.ForBootstrap(new PackageMirrors { Apt = PackageMirror.Parse(_server.AptAddress) }, Sources()),
        };
        var log = new LineLog();

        await bootstrap.RunAsync(archive, place: null, log, TestContext.Current.CancellationToken);
        var made = await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);

        Assert.Contains(_server.Served, path => path.Contains("/a/apt/", StringComparison.Ordinal));
        Assert.NotEqual(-1, made.AsSpan().IndexOf(Encoding.UTF8.GetBytes(string.Join('\n', Sources()) + "\n")));
        Assert.Equal(-1, made.AsSpan().IndexOf(Encoding.UTF8.GetBytes(_server.Password)));
        Assert.DoesNotContain(_server.Password, string.Join('\n', log.Lines), StringComparison.Ordinal);
    }

    private static IReadOnlyList<AptSource> Sources()
    {
        var host = HostDistribution.Read()!;
        return AptSources.Read(host.SourceFiles, host.Suite, host.Suite);
    }

    /// <summary>This machine on the network that the steps of builds are on.</summary>
    private static string AddressForContainers() => NetworkInterface.GetAllNetworkInterfaces()
        .Single(network => network.Name == "docker0")
        .GetIPProperties()
        .UnicastAddresses
        .Select(address => address.Address)
        .First(address => address.AddressFamily == AddressFamily.InterNetwork)
        .ToString();

    /// <summary>As an operator does on a machine with a network: npm's own cache, filled by installing.</summary>
    private async Task FillNpmCacheAsync(Workshop node, string folder)
    {
        _server.AddNode(_name, "module.exports = 'from the folder';\n");
        node.Config("[run]\nstart = \"node main.js\"")
            .Write("main.js", $"console.log(require('{_name}'));\n")
            .Write("package.json", $$"""{"name": "shop", "dependencies": {"{{_name}}": "1.0.0"} }""");
        var lent = Directory.CreateTempSubdirectory("nua-test-");
        PackageSources.Of(new PackageMirrors { Npm = PackageMirror.Parse(_server.NpmAddress) }, authorities: null, apt: null, lent.FullName).Write();
        var image = await node.SupplyAsync(NodeRecipe.For());
        foreach (var command in new[] { "npm install --package-lock-only", "npm ci" })
        {
            await DockerCommand.RunAsync(
                "run", "--rm", "--volume", $"{folder}/npm:/cache", "--volume", $"{node.Package}:/package", "--volume", $"{lent.FullName}:/lent:ro",
                "--env", "npm_config_userconfig=/lent/npmrc", "--env", "npm_config_cache=/cache", "--workdir", "/package",
                image.Reference, "sh", "-c", $"{command} --no-audit --no-fund && rm -rf node_modules");
        }

        lent.Delete(recursive: true);
    }

    private async Task AssertHiddenAsync(Workshop workshop)
    {
        var archive = Path.GetTempFileName();
        await DockerCommand.RunAsync("save", "--output", archive, workshop.Reference);
        var image = await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken);
        File.Delete(archive);
        var said = string.Join('\n', workshop.Log.Lines)
            + await DockerCommand.RunAsync("history", "--no-trunc", workshop.Reference)
            + await DockerCommand.RunAsync("inspect", workshop.Reference);
        foreach (var secret in new[] { _server.Password, _server.Authorization })
        {
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
            Assert.Equal(-1, image.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        }

        foreach (var place in new[] { "/dev/shm/nua", "PIP_CONFIG_FILE", "npm_config_userconfig" })
        {
            Assert.DoesNotContain(place, await DockerCommand.RunAsync("inspect", "--format", "{{json .Config.Env}}", workshop.Reference), StringComparison.Ordinal);
        }
    }
}
