using System.Globalization;
using Nua.Core.Problems;
using Nua.Drivers.Images.Docker;
using Nua.Drivers.Processes;
using Nua.Engine.Images;

namespace Nua.Drivers.Images.Distro;

/// <summary>
/// Makes images from the signed packages of this machine's distribution: a base, bootstrapped once and kept, and on it a layer
/// for each recipe. No registry is asked.
/// </summary>
public sealed class DistroSource(DockerImageStore images, IImageBuilder builder, DistroSettings settings) : IImageSource, IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly HostDistribution? _host = HostDistribution.Read();

    // Two that want the same base at once need one bootstrap.
    private readonly SemaphoreSlim _bootstrapping = new(1);

    /// <summary>This machine's release of Debian or Ubuntu, such as <c>bookworm</c>; <see langword="null"/> on other systems.</summary>
    public static string? HostSuite => HostDistribution.Read()?.Suite;

    public string Name => "distro";

    private string Suite => settings.Suite ?? _host!.Suite;

    private IReadOnlyList<string> BuildArguments => settings.NpmRegistry is null ? [] : [NodeRecipe.RegistryArgument];

    /// <summary>Removes what bootstraps of killed servers left in memory.</summary>
    public static void Prune() => BaseBootstrap.Prune();

    public bool CanSupply(ImageRecipe recipe) => _host is not null && (IsBase(recipe) || IsStatic(recipe) || CanLayer(recipe));

    public async Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation)
    {
        if (!CanSupply(recipe))
        {
            return null;
        }

        // An image built on this one has its label too, but never its name.
        var identity = IdentityOf(recipe);
        var image = await images.FindAsync(identity.Reference, cancellation);
        return image?.Labels.GetValueOrDefault(ImageLabels.Recipe) == identity.Label ? image : null;
    }

    public async Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        if (await FindAsync(recipe, cancellation) is { } image)
        {
            return image;
        }

        if (IsBase(recipe))
        {
            return await SupplyBaseAsync(recipe, log, cancellation);
        }

        await RefuseUnknownPackagesAsync(recipe, cancellation);
        var from = await SupplyBaseAsync(Recipes.Base(), log, cancellation);
        log.Report($"Building {IdentityOf(recipe).Reference} from {Suite} packages");
        return await BuildAsync(recipe, from, log, cancellation);
    }

    public void Dispose() => _bootstrapping.Dispose();

    private static bool IsBase(ImageRecipe recipe) => recipe.Name == Recipes.BaseName;

    private static bool IsStatic(ImageRecipe recipe) => recipe.Name == Recipes.StaticName;

    private bool CanLayer(ImageRecipe recipe) =>
        recipe.Packages.Count > 0
        && (settings.NpmRegistry is not null || !recipe.SetUp.Any(command => command.Contains($"${NodeRecipe.RegistryArgument}")));

    private string SuiteOf(ImageRecipe recipe) => recipe.Version == Recipes.HostSuite ? Suite : recipe.Version;

    private RecipeIdentity IdentityOf(ImageRecipe recipe)
    {
        if (IsBase(recipe))
        {
            var suite = SuiteOf(recipe);
            return RecipeIdentity.Of(recipe with { Version = suite }, BootstrapOf(suite).Origin);
        }

        var dockerfile = IsStatic(recipe) ? RecipeDockerfile.OnNothing("") : RecipeDockerfile.OnBase(recipe, "", BuildArguments);
        return RecipeIdentity.Of(recipe, IdentityOf(Recipes.Base()).Label, dockerfile, recipe.UnderAgent ? FileStamp.Of(settings.Agent) : "");
    }

    private BaseBootstrap BootstrapOf(string suite)
    {
        var sources = AptSources.Read(_host!.SourceFiles, _host.Suite, suite);
        return settings.SnapshotAt is { } moment
            ? new BaseBootstrap(suite, [.. sources.Select(source => source with { Address = SnapshotOf(source.Address, moment) })], moment)
            : new BaseBootstrap(suite, sources, snapshotAt: null);
    }

    private string SnapshotOf(string address, DateTimeOffset moment) =>
        (settings.SnapshotArchive ?? throw new NuaException(ImageProblems.NoSnapshotArchive()))
            .Replace("{archive}", address[(address.LastIndexOf('/') + 1)..], StringComparison.Ordinal)
            .Replace("{moment}", moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private async Task<Image> SupplyBaseAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        await _bootstrapping.WaitAsync(cancellation);
        try
        {
            return await FindAsync(recipe, cancellation) ?? await MakeBaseAsync(recipe, log, cancellation);
        }
        finally
        {
            _bootstrapping.Release();
        }
    }

    private async Task<Image> MakeBaseAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        var (suite, identity) = (SuiteOf(recipe), IdentityOf(recipe));
        var archive = Path.Combine(settings.CacheFolder, $"base-{suite}-{identity.Label.Split(':')[1]}.tar.zst");
        if (!File.Exists(archive) || !await LoadAsync(archive, identity, cancellation))
        {
            log.Report($"Bootstrapping {suite} from signed packages");
            await BootstrapAsync(suite, archive, log, cancellation);
            if (!await LoadAsync(archive, identity, cancellation))
            {
                throw new NuaException(ImageProblems.BadArchive(archive));
            }
        }

        return (await images.FindAsync(identity.Reference, CancellationToken.None))!;
    }

    private async Task BootstrapAsync(string suite, string archive, IProgress<string> log, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.CacheFolder);
        // mmdebstrap takes the way to compress from the name's end.
        var draft = Path.Combine(settings.CacheFolder, $".{Guid.NewGuid():N}.tar.zst");
        try
        {
            await BootstrapOf(suite).RunAsync(draft, log, cancellation);
            File.Move(draft, archive, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <returns>Whether the archive could be read; if not, neither it nor an image of it is there any more.</returns>
    private async Task<bool> LoadAsync(string archive, RecipeIdentity identity, CancellationToken cancellation)
    {
        IReadOnlyList<string> changes =
        [
            $"LABEL {ImageLabels.Recipe}={identity.Label}",
            "ENV LANG=C.UTF-8",
            "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "CMD [\"/bin/bash\"]",
        ];
        try
        {
            var exitCode = await HostProcess.PipeAsync(
                new HostCommand("zstd", "--decompress", "--stdout", archive),
                tar => images.ImportAsync(tar, identity.Reference, changes, cancellation),
                cancellation);
            if (exitCode == 0)
            {
                return true;
            }
        }
        catch (NuaException failure) when (failure.Problem.Code == "runtime.refused")
        {
            // What is not an archive is as bad as half of one.
        }

        await images.RemoveAsync(identity.Reference, CancellationToken.None);
        File.Delete(archive);
        return false;
    }

    private async Task<Image> BuildAsync(ImageRecipe recipe, Image from, IProgress<string> log, CancellationToken cancellation)
    {
        using var context = new BuildContext();
        context.AddFiles(recipe.Files);
        if (IsStatic(recipe))
        {
            context.AddFolder("/tmp", Everybody | UnixFileMode.StickyBit);
        }

        if (recipe.UnderAgent)
        {
            context.AddAgent(settings.Agent);
        }

        var identity = IdentityOf(recipe);
        return await builder.BuildAsync(
            new ImageBuild
            {
                Context = context.Folder,
                Dockerfile = IsStatic(recipe)
                    ? RecipeDockerfile.OnNothing(from.Reference)
                    : RecipeDockerfile.OnBase(recipe, from.Reference, BuildArguments),
                Tag = identity.Reference,
                Labels = new Dictionary<string, string> { [ImageLabels.Recipe] = identity.Label },
                Arguments = BuildArguments.ToDictionary(argument => argument, _ => settings.NpmRegistry!.TrimEnd('/')),
                SecretFiles = Authorities(),
            },
            log,
            cancellation);
    }

    private Dictionary<string, string> Authorities() =>
        File.Exists(settings.Authorities) ? new() { [RecipeDockerfile.AuthoritiesSecret] = settings.Authorities } : [];

    /// <summary>What the distribution does not have is known before anything is built, where it is this machine's own.</summary>
    private async Task RefuseUnknownPackagesAsync(ImageRecipe recipe, CancellationToken cancellation)
    {
        if (Suite != _host!.Suite || settings.SnapshotAt is not null)
        {
            return;
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        var exitCode = await HostProcess.RunAsync(new HostCommand("apt-cache", "pkgnames"), line => known.Add(line), cancellation);
        var unknown = recipe.Packages.Where(package => !known.Contains(package)).ToList();
        // Without lists (apt-get update was never run) nothing is known, which says nothing.
        if (exitCode == 0 && known.Contains("bash") && known.Count > 10_000 && unknown.Count > 0)
        {
            throw new NuaException(ImageProblems.PackagesUnknown(Suite, unknown));
        }
    }
}
