using Nua.Core;

namespace Nua.Engine.Images.Mirrors;

/// <summary>
/// Where the steps of builds get packages, and whom they trust then. What they are told of it they are lent, for the step alone:
/// it is in no image, neither as a file nor as a variable.
/// </summary>
public sealed record PackageSources
{
    /// <summary>Where steps find what they are lent: in memory of their own, as a place to mount at would stay in a layer.</summary>
    public const string Place = "/dev/shm/nua";

    /// <summary>Where they find the operator's folder.</summary>
    public const string FolderPlace = $"{Place}/packages";

    /// <summary>The build argument that names the image of the operator's folder.</summary>
    public const string FolderArgument = "NUA_PACKAGES";

    /// <summary>The stage that is that image.</summary>
    public const string FolderStage = "packages";

    private const string Authorities = "ca";

    private static readonly string[] AuthoritiesReaders =
        ["CARGO_HTTP_CAINFO", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS", "PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "npm_config_cafile"];

    private PackageSources()
    {
    }

    /// <summary>Where each tool gets its packages by itself.</summary>
    public static PackageSources Usual { get; } = new();

    /// <summary>The operator's folder, as an image that steps are lent; <see langword="null"/>: there is none.</summary>
    public ImageRecipe? Folder { get; private init; }

    /// <summary>Where npm's packages are, for those who ask without npm.</summary>
    public PackageMirror? Npm { get; private init; }

    /// <summary>The variables of a stage that downloads, never of one that ends in the image.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private init; } = new Dictionary<string, string>();

    /// <summary>What each step that downloads is lent, as options of <c>RUN --mount</c>.</summary>
    public IReadOnlyList<string> Mounts => [.. Files.Select(file => file.Mount), .. FolderMount(Folder is not null)];

    /// <summary>What each step that installs packages of the distribution is lent.</summary>
    public IReadOnlyList<string> AptMounts => [.. AptFiles.Select(file => file.Mount), .. FolderMount(AptIsInFolder)];

    /// <summary>
    /// What such a step begins with. An image of another release than this machine's knows best itself where its packages are:
    /// for it there is no such file, and apt goes on.
    /// </summary>
    public string AptPreamble =>
        AptFiles.Count == 0 ? "" : $"export APT_CONFIG={Place}/apt-$(. /etc/os-release; echo \"$VERSION_CODENAME\").conf; ";

    /// <summary>The secrets of a build, by id.</summary>
    public IReadOnlyDictionary<string, string> SecretFiles =>
        Files.Concat(AptFiles).DistinctBy(file => file.Id).ToDictionary(file => file.Id, file => file.Source);

    /// <summary>What must be seen in no log.</summary>
    public IReadOnlyList<Secret> Hidden { get; private init; } = [];

    /// <summary>Where steps find the certificate authorities to trust; <see langword="null"/>: they are lent none.</summary>
    public string? AuthoritiesFile => TrustsAuthorities ? $"{Place}/{Authorities}.pem" : null;

    /// <summary>Where the files to lend are on this machine: nobody else may look into the folder.</summary>
    private string Written { get; init; } = "";

    private bool TrustsAuthorities { get; init; }

    private IReadOnlyList<LentFile> Files { get; init; } = [];

    private IReadOnlyList<LentFile> AptFiles { get; init; } = [];

    private bool AptIsInFolder { get; init; }

    /// <param name="mirrors">What the operator set.</param>
    /// <param name="authorities">A PEM file of this machine with the certificate authorities to trust; <see langword="null"/>: none.</param>
    /// <param name="apt">The lines that stand for <see cref="PackageMirrors.Apt"/> on this machine.</param>
    /// <param name="folder">Where the files to lend are written, for nobody else to read.</param>
    public static PackageSources Of(PackageMirrors mirrors, string? authorities, AptLines? apt, string folder)
    {
        var tools = ToolConfig.Of(mirrors).ToList();
        IReadOnlyList<LentFile> trusted = authorities is null ? [] : [new LentFile(Authorities, authorities, $"{Place}/{Authorities}.pem")];
        var variables = tools.SelectMany(tool => tool.Variables);
        return new PackageSources
        {
            Files = [.. trusted, .. tools.Where(tool => tool.Name is not null).Select(tool => File(folder, tool.Name!, tool.Target, tool.Text))],
            AptFiles = apt is null ? [] : [.. trusted, .. FilesOf(apt, folder, trusted)],
            AptIsInFolder = mirrors.Apt is { IsFolder: true },
            Written = folder,
            TrustsAuthorities = authorities is not null,
            Folder = mirrors.Folder is { } packages ? new ImageRecipe { Name = "packages", Version = "1", Folder = packages } : null,
            Npm = mirrors.Npm,
            Environment = trusted.SelectMany(file => AuthoritiesReaders.Select(reader => KeyValuePair.Create(reader, file.Target)))
                .Concat(variables)
                .ToDictionary(),
            Hidden = [.. mirrors.All.SelectMany(mirror => mirror.Secrets)],
        };
    }

    /// <summary>Writes what is lent, in place of what was lent before.</summary>
    public void Write()
    {
        if (Directory.Exists(Written))
        {
            Directory.Delete(Written, recursive: true);
        }

        Directory.CreateDirectory(Written, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Files.Concat(AptFiles).Where(file => file.Text is not null))
        {
            System.IO.File.WriteAllText(file.Source, file.Text);
        }
    }

    private static IEnumerable<LentFile> FilesOf(AptLines apt, string folder, IReadOnlyList<LentFile> trusted)
    {
        var list = $"{Place}/apt.list";
        var trust = trusted.Select(file => $"Acquire::https::CAInfo \"{file.Target}\";\n");
        yield return File(
            folder,
            "apt.conf",
            $"{Place}/apt-{apt.Suite}.conf",
            $"Dir::Etc::sourcelist \"{list}\";\nDir::Etc::sourceparts \"/dev/null\";\n{string.Concat(trust)}");
        yield return File(folder, "apt.list", list, string.Concat(apt.Lines.Select(line => $"{line}\n")));
    }

    private static LentFile File(string folder, string name, string target, string text) =>
        new(name, Path.Combine(folder, name), target) { Text = text };

    // What a tool writes there is thrown away with the step.
    private static IEnumerable<string> FolderMount(bool isLent) =>
        isLent ? [$"type=bind,from={FolderStage},target={FolderPlace},rw"] : [];
}

/// <summary>A <c>sources.list</c> for the images of one release.</summary>
/// <param name="Suite">The release.</param>
/// <param name="Lines">As apt reads them.</param>
public sealed record AptLines(string Suite, IReadOnlyList<string> Lines);
