namespace Nua.Engine.Images;

/// <summary>
/// An image that is not built from a package: a base, a language, a database. It says what is wanted;
/// an <see cref="IImageSource"/> knows how to get it.
/// </summary>
public sealed record ImageRecipe
{
    /// <summary><c>base</c>, <c>python</c>, <c>node</c>, <c>postgres</c> …</summary>
    public required string Name { get; init; }

    /// <summary>The version wanted, as its makers write it: <c>15</c>, <c>20.20.2</c>; for <c>base</c> the suite, <c>bookworm</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What to ask for instead where that version is not to be had, for the error that says so.</summary>
    public IReadOnlyList<string> OtherVersions { get; init; } = [];

    /// <summary>The releases of the distribution that have its packages, by name; empty: every one that images are made of.</summary>
    public IReadOnlyList<string> Suites { get; init; } = [];

    /// <summary>Distribution packages it consists of, on top of the base.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>
    /// Files laid into it before the packages, whose own versions of them do not replace these: absolute path in the image and
    /// content; executable when the path ends in <c>.sh</c>, or has no extension and is not below <c>/etc</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The release of .NET, such as <c>10.0</c>, whose SDK it gets from this machine; where that has none,
    /// <see cref="RegistryReference"/> takes the recipe's place. <see langword="null"/>: it has none.
    /// </summary>
    public string? DotNetSdk { get; init; }

    /// <summary>Packages of npm's registry that <see cref="SetUp"/> finds in <see cref="NpmPackage.Place"/>.</summary>
    public IReadOnlyList<NpmPackage> NpmPackages { get; init; } = [];

    /// <summary>A folder of this machine that is all of its content.</summary>
    public string? Folder { get; init; }

    /// <summary>Commands run once, as root, after the packages are installed; each is a shell line of the Dockerfile.</summary>
    public IReadOnlyList<string> SetUp { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What it runs, under the agent as first process; empty for a base to build on.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>
    /// Whether the agent is to be its first process, which hands it its secrets. An image that is only named, not described,
    /// keeps its own command below it.
    /// </summary>
    public bool UnderAgent
    {
        get => field || Command.Count > 0;
        init;
    }

    /// <summary>The signal that asks it to end; <see langword="null"/>: the usual one.</summary>
    public string? StopSignal { get; init; }

    /// <summary>
    /// The image on a public registry that takes its place as it is; <see langword="null"/>: there is none, and its packages are
    /// installed wherever it comes from.
    /// </summary>
    public string? RegistryReference { get; init; }

    /// <summary>One image with all of them in it. The base distribution itself is in each already.</summary>
    /// <exception cref="Core.Problems.NuaException"><c>image.cannot-combine</c>: one comes only from a registry, as it is.</exception>
    public static ImageRecipe Combine(IEnumerable<ImageRecipe> recipes)
    {
        var parts = recipes.Distinct().Where(recipe => recipe.Name != Recipes.BaseName).ToList();
        return parts switch
        {
            [] => Recipes.Base(),
            [var one] => one,
            _ when parts.Find(recipe => recipe is { RegistryReference: not null, DotNetSdk: null }) is { } foreign =>
                throw new Core.Problems.NuaException(ImageProblems.CannotCombine(foreign)),
            _ => new ImageRecipe
            {
                Name = string.Join('-', parts.Select(recipe => recipe.Name)),
                Version = string.Join('-', parts.Select(recipe => recipe.Version)),
                Packages = [.. parts.SelectMany(recipe => recipe.Packages).Distinct().Order(StringComparer.Ordinal)],
                Files = parts.SelectMany(recipe => recipe.Files).DistinctBy(file => file.Key).ToDictionary(),
                DotNetSdk = parts.Select(recipe => recipe.DotNetSdk).FirstOrDefault(release => release is not null),
                NpmPackages = [.. parts.SelectMany(recipe => recipe.NpmPackages).Distinct()],
                SetUp = [.. parts.SelectMany(recipe => recipe.SetUp)],
                Environment = parts.SelectMany(recipe => recipe.Environment).DistinctBy(variable => variable.Key).ToDictionary(),
            },
        };
    }
}

/// <summary>An image the engine holds.</summary>
/// <param name="Reference">A name the engine runs it by.</param>
/// <param name="Id">The engine's content address, <c>sha256:…</c>.</param>
/// <param name="SizeBytes">What it takes on disk, shared layers included.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Labels">What was written on it.</param>
public sealed record Image(
    string Reference, string Id, long SizeBytes, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Labels);
