using System.Text.Json;
using Nua.Core.Problems;
using Nua.Drivers.Images;
using Nua.Drivers.Images.Distro;
using Nua.Drivers.Images.Docker;
using Nua.Drivers.Images.Registry;
using Nua.Drivers.Sources;
using Nua.Engine.Build;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;
using Nua.Engine.Operations;
using Nua.IntegrationTests.Images;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Builds packages with a real engine, and leaves nothing of them there but base images and the builder's cache.</summary>
public sealed class Workshop : IAsyncDisposable
{
    private const string Socket = "/var/run/docker.sock";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-test-");
    private readonly DockerImageStore _store = new(Socket);
    private readonly DockerImageBuilder _builder = new(Socket);
    private readonly DistroSource _distro;
    private readonly RecipeBuilder _recipes;
    private readonly List<string> _made = [];
    private readonly ImageSupply _supply;
    private readonly BuildImage _useCase;
    private readonly OperationRunner _runner = new(new InMemoryOperationLog(), TimeProvider.System, (_, bug) => throw bug);
    private readonly string _app = $"test-{Guid.NewGuid():N}"[..13];

    /// <param name="mirrors">Where the steps of builds get packages; <see langword="null"/>: as this machine does.</param>
    public Workshop(PackageMirrors? mirrors = null)
    {
        var packages = mirrors is null
            ? MachinePackages.Sources
            : PackageSources.Of(mirrors, MachinePackages.Authorities, AptMirror.ForSteps(mirrors, suite: null), Path.Combine(_folder.FullName, "lent"));
        if (mirrors is not null)
        {
            packages.Write();
        }

        var settings = new BuildSettings(PublishedAgent.File, Path.Combine(_folder.FullName, "contexts"))
        {
            Packages = packages,
        };
        var making = new DistroSettings
        {
            CacheFolder = Path.Combine(Repository.Root, "artifacts", "test-cache", "images"),
            Agent = PublishedAgent.File,
            Packages = MachinePackages.Sources,
        };
        _recipes = new RecipeBuilder(_store, _builder, making with { Packages = packages });
        _distro = new DistroSource(_store, _builder, making);
        _supply = new ImageSupply(_distro, new RegistrySource(_store, _builder, making), new PackageFolder(_store, _builder));
        var sources = new SourceFetcher(
            new SourceSettings(Path.Combine(_folder.FullName, "sources"), Path.Combine(_folder.FullName, "scratch")));
        _useCase = new BuildImage(new PlanBuild(settings, sources), _supply, _builder, _store, settings);
        Log = new LineLog();
        Package = Directory.CreateDirectory(Path.Combine(_folder.FullName, "package")).FullName;
    }

    /// <summary>The folder of the package.</summary>
    public string Package { get; }

    public LineLog Log { get; }

    /// <summary>The id of the package.</summary>
    public string App => _app;

    public string Reference => $"nua-{_app}:1.0";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Writes the nua-config: metadata of its own, and what is given.</summary>
    public Workshop Config(string text) => Write(
        "nua-config.toml",
        $"[metadata]\nid = \"{_app}\"\nversion = \"1.0\"\ntitle = \"Test\"\nauthor = \"The Nua developers\"\n{text}\n");

    public Workshop Write(string path, string text)
    {
        var file = Path.Combine(Package, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public async Task<BuiltImage> BuildAsync()
    {
        var started = await _runner.StartAsync(_useCase, new BuildRequest(Package), "test", Cancellation);
        await foreach (var happening in _runner.WatchAsync(started.Id, Cancellation))
        {
            switch (happening)
            {
                case OperationEvent.Line line:
                    Log.Report(line.Text);
                    break;
                case OperationEvent.Ended { Problem: { } problem }:
                    TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', problem.Details));
                    throw new NuaException(problem);
                case OperationEvent.Ended { Result: { } result }:
                    return JsonSerializer.Deserialize(result, BuildJson.Default.BuiltImage)!;
            }
        }

        throw new InvalidOperationException("The operation did not end.");
    }

    /// <summary>Builds what cannot be built, and makes sure that nothing is left of it.</summary>
    public async Task<Problem> FailAsync()
    {
        var failure = await Assert.ThrowsAsync<NuaException>(BuildAsync);

        Assert.Null(await _store.FindAsync(Reference, Cancellation));
        var contexts = new DirectoryInfo(Path.Combine(_folder.FullName, "contexts"));
        Assert.Empty(contexts.Exists ? contexts.EnumerateFileSystemInfos() : []);
        return failure.Problem;
    }

    public Task<Image> SupplyAsync(ImageRecipe recipe) => _supply.EnsureAsync(recipe, Log, Cancellation);

    /// <summary>Makes an image of packages of the distribution; it is gone in the end.</summary>
    internal async Task<Image> MakeAsync(ImageRecipe recipe)
    {
        var identity = RecipeIdentity.Of(recipe);
        var made = await _recipes.BuildAsync(recipe, identity, await SupplyAsync(Recipes.Base()), noCache: false, Log, Cancellation);
        _made.Add(made.Reference);
        return made;
    }

    public Task<Image?> FindAsync(string reference) => _store.FindAsync(reference, Cancellation);

    /// <summary>The layers of the image that was built.</summary>
    public async Task<IReadOnlyList<ImageLayer>> LayersAsync() => (await _store.InspectAsync(Reference, Cancellation))!.Layers;

    /// <summary>Runs the image with what it starts by itself, or with a program; answers with what it said.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] command) =>
        DockerCommand.TryAsync(["run", "--rm", Reference, .. command]);

    /// <summary>The package URLs in the image's bill of materials.</summary>
    public async Task<IReadOnlyList<string>> BillAsync()
    {
        var bill = await _store.ReadFileAsync(Reference, "/nua/metadata/sbom.cdx.json", mostBytes: 10_000_000, Cancellation);
        using var document = JsonDocument.Parse(bill!);
        return
        [
            .. document.RootElement.GetProperty("components").EnumerateArray()
                .Where(component => component.TryGetProperty("purl", out _))
                .Select(component => component.GetProperty("purl").GetString()!),
        ];
    }

    /// <summary>Runs the image as a server, and waits until the page says what is expected.</summary>
    public async Task AnswersAsync(int port, string expected, string path = "/")
    {
        var container = $"nua-test-{Guid.NewGuid():N}";
        await DockerCommand.RunAsync("run", "--detach", "--name", container, Reference);
        try
        {
            await AnswersAsync(container, port, expected, path);
        }
        finally
        {
            await DockerCommand.TryAsync("rm", "--force", container);
        }
    }

    /// <summary>Waits until a page of a container says what is expected.</summary>
    public static async Task AnswersAsync(string container, int port, string expected, string path = "/")
    {
        var address = (await DockerCommand.RunAsync("inspect", "--format", "{{.NetworkSettings.IPAddress}}", container)).Trim();
        using var client = new HttpClient();
        await Eventually.TrueAsync(() => AnswersAsync(client, new Uri($"http://{address}:{port}{path}"), expected), Cancellation);
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address, string expected)
    {
        try
        {
            return (await client.GetStringAsync(address, Cancellation)).Contains(expected, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in await _store.ListAsync(ImageLabels.App, _app, CancellationToken.None))
        {
            await _store.RemoveAsync(image.Reference, CancellationToken.None);
        }

        foreach (var image in _made)
        {
            await _store.RemoveAsync(image, CancellationToken.None);
        }

        _distro.Dispose();
        _builder.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
    }
}
