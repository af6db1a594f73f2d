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
    private readonly HostDistribution? _host = HostDistribution.Read();
    private readonly RecipeBuilder _recipes = new(images, builder, settings);
    private readonly IReadOnlyList<string> _suites = DistroSuites.From(settings.Suite);

    // Two that want the same base at once need one bootstrap.
    private readonly SemaphoreSlim _bootstrapping = new(1);

    /// <summary>This machine's release of Debian or Ubuntu, such as <c>bookworm</c>; <see langword="null"/> on other systems.</summary>
    public static string? HostSuite => HostDistribution.Read()?.Suite;

    public string Name => "distro";

    private string Suite => settings.Suite ?? _host!.Suite;

    public bool CanSupply(ImageRecipe recipe) =>
        _host is not null && (IsBase(recipe) || (RecipeBuilder.CanBuild(recipe) && BaseOf(recipe) is not null));

    public async Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation) =>
        CanSupply(recipe) ? await images.FindAsync(IdentityOf(recipe), cancellation) : null;

    public async Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation) =>
        await FindAsync(recipe, cancellation) ?? await MakeAsync(recipe, anew: false, log, cancellation);

    public Task<Image> RefreshAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation) =>
        MakeAsync(recipe, anew: true, log, cancellation);

    public void Dispose() => _bootstrapping.Dispose();

    private static bool IsBase(ImageRecipe recipe) => recipe.Name == Recipes.BaseName;

    private string SuiteOf(ImageRecipe recipe) => recipe.Version == Recipes.HostSuite ? Suite : recipe.Version;

    private RecipeIdentity IdentityOf(ImageRecipe recipe)
    {
        if (IsBase(recipe))
        {
            var suite = SuiteOf(recipe);
            return RecipeIdentity.Of(recipe with { Version = suite }, BootstrapOf(suite).Origin);
        }

        return _recipes.IdentityOf(recipe, IdentityOf(BaseOf(recipe)!).Label);
    }

    /// <summary>What it is built on; <see langword="null"/>: no release has its packages.</summary>
    private ImageRecipe? BaseOf(ImageRecipe recipe) => DistroSuites.For(recipe, _suites) is { } suite ? Recipes.Base(suite) : null;

    private BaseBootstrap BootstrapOf(string suite)
    {
        var sources = AptSources.Read(_host!.SourceFiles, _host.Suite, suite);
        return settings.SnapshotAt is { } moment
            ? new BaseBootstrap(suite, [.. sources.Select(source => source with { Address = SnapshotOf(source, moment) })])
            {
                SnapshotAt = moment,
            }
            : new BaseBootstrap(suite, sources) { Mirror = AptMirror.ForBootstrap(settings.Mirrors, sources) };
    }

    private string SnapshotOf(AptSource source, DateTimeOffset moment) =>
        source.AddressIn(settings.SnapshotArchive ?? throw new NuaException(ImageProblems.NoSnapshotArchive()))
            .Replace("{moment}", moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private async Task<Image> MakeAsync(ImageRecipe recipe, bool anew, IProgress<string> log, CancellationToken cancellation)
    {
        if (IsBase(recipe))
        {
            return await HaveBaseAsync(recipe, anew, log, cancellation);
        }

        var basis = BaseOf(recipe)!;
        await RefuseUnknownPackagesAsync(recipe, basis.Version, cancellation);
        var (from, identity) = (await HaveBaseAsync(basis, anew, log, cancellation), IdentityOf(recipe));
        log.Report($"Building {identity.Reference} from {basis.Version} packages");
        return await _recipes.BuildAsync(recipe, identity, from, noCache: anew, log, cancellation);
    }

    private async Task<Image> HaveBaseAsync(ImageRecipe recipe, bool anew, IProgress<string> log, CancellationToken cancellation)
    {
        await _bootstrapping.WaitAsync(cancellation);
        try
        {
            var present = anew ? null : await FindAsync(recipe, cancellation);
            return present ?? await MakeBaseAsync(recipe, anew, log, cancellation);
        }
        finally
        {
            _bootstrapping.Release();
        }
    }

    private async Task<Image> MakeBaseAsync(ImageRecipe recipe, bool anew, IProgress<string> log, CancellationToken cancellation)
    {
        var (suite, identity) = (SuiteOf(recipe), IdentityOf(recipe));
        var archive = Path.Combine(settings.CacheFolder, $"base-{suite}-{identity.Label.Split(':')[1]}.tar.zst");

        // Of a moment there is nothing newer.
        var keeps = !anew || settings.SnapshotAt is not null;
        if (!keeps || !File.Exists(archive) || !await LoadAsync(archive, identity, cancellation))
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
        var draft = Path.Combine(settings.Scratch ?? settings.CacheFolder, $".{Guid.NewGuid():N}.tar.zst");
        try
        {
            await RunAsync(BootstrapOf(suite), draft, log, cancellation);
            File.Move(draft, archive, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task RunAsync(BaseBootstrap bootstrap, string archive, IProgress<string> log, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(settings.TimeLimit);
        try
        {
            await bootstrap.RunAsync(archive, settings.Scratch, log, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NuaException(ImageProblems.BuildTimedOut("nua/base", settings.TimeLimit, []));
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

    /// <summary>What the distribution does not have is known before anything is built, where it is this machine's own.</summary>
    private async Task RefuseUnknownPackagesAsync(ImageRecipe recipe, string suite, CancellationToken cancellation)
    {
        if (suite != _host!.Suite || settings.SnapshotAt is not null)
        {
            return;
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        var exitCode = await HostProcess.RunAsync(new HostCommand("apt-cache", "pkgnames"), line => known.Add(line), cancellation);
        var unknown = recipe.Packages.Where(package => !known.Contains(package)).ToList();
        // Without lists (apt-get update was never run) nothing is known, which says nothing.
        if (exitCode == 0 && known.Contains("bash") && known.Count > 10_000 && unknown.Count > 0)
        {
            var kinds = unknown.ConvertAll(WithoutVersion);
            var others = known.Where(package => kinds.Contains(WithoutVersion(package))).Order(StringComparer.Ordinal);
            throw new NuaException(ImageProblems.PackagesUnknown(suite, unknown, [.. others]));
        }
    }

    /// <summary><c>openjdk-17-jre</c> and <c>openjdk-21-jre</c> are the same in two versions.</summary>
    private static string WithoutVersion(string package) => string.Concat(package.Where(sign => !char.IsAsciiDigit(sign)));
}
