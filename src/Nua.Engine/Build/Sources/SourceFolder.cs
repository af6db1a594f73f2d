using Nua.Core.Ignoring;
using Nua.Core.Problems;

namespace Nua.Engine.Build.Sources;

/// <summary>What of a package's folder goes into the build, in an order that does not depend on the disk.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Entries">What is in it and not ignored, by path.</param>
internal sealed record SourceFolder(string Root, IReadOnlyList<SourceEntry> Entries)
{
    /// <summary>No file that decides anything about a build is longer.</summary>
    private const long LongestText = 1 << 20;

    /// <summary>What a package keeps there is Nua's, wherever its source is.</summary>
    internal const string NuaFolder = "nua";

    private IReadOnlyList<string>? _files;

    private IReadOnlyList<string>? _sent;

    /// <summary>Reads one of its files; from the disk unless said otherwise.</summary>
    public Func<string, string?> Reader { get; init; } = path => TextOf(Path.Combine(Root, path));

    /// <summary>The paths of the files, links among them.</summary>
    public IReadOnlyList<string> Files =>
        _files ??= [.. Entries.Where(entry => entry.Kind != SourceKind.Folder).Select(entry => entry.Path)];

    /// <summary>The files a package is sent with when its own Dockerfile does not build it: the nua-config is among them.</summary>
    public IReadOnlyList<string> Sent
    {
        get => _sent ?? Files;
        init => _sent = value;
    }

    /// <summary>Reads the folder's list of files, not the files.</summary>
    public static SourceFolder Scan(string root, CancellationToken cancellation) => Scan(root, IgnoreRules.Parse, cancellation) with
    {
        Sent = Scan(root, ignored => IgnoreRules.ParseForSending(ignored, byDockerfile: false), cancellation).Files,
    };

    /// <summary>Lists the folder as a package's own Dockerfile is to find it.</summary>
    public static SourceFolder ScanForDockerfile(string root, CancellationToken cancellation) =>
        Scan(root, IgnoreRules.ParseForDockerfile, cancellation);

    private static SourceFolder Scan(string root, Func<string, IgnorePatterns> rulesOf, CancellationToken cancellation) =>
        Directory.Exists(root)
            ? Reading(root, () => new SourceFolder(root, Listed(root, prefix: "", rulesOf(IgnoredIn(root)), cancellation)))
            : throw new NuaException(BuildProblems.NoFolder(root));

    /// <summary>
    /// The package when its source lies elsewhere: of its own folder that is <c>nua</c>, or the Dockerfile when there is none; the
    /// fetched source is a folder beside it, whole but for what the package's <c>.dockerignore</c> leaves out.
    /// </summary>
    /// <param name="name">What the folder is called.</param>
    /// <param name="fetched">Where what was fetched is.</param>
    /// <param name="cancellation">Ends it.</param>
    public SourceFolder WithFetched(string name, string fetched, CancellationToken cancellation) => Reading(fetched, () =>
    {
        var rules = IgnorePatterns.Parse(IgnoredIn(Root));
        var tree = Listed(fetched, name + "/", rules, cancellation)
            .Select(entry => entry with { Place = Path.Combine(fetched, entry.Path[(name.Length + 1)..]) });
        Func<string, bool> isOfPackage = HasFolder(NuaFolder)
            ? path => path == NuaFolder || path.StartsWith(NuaFolder + "/", StringComparison.Ordinal)
            : path => path == "Dockerfile";
        var top = new SourceEntry(name, SourceKind.Folder, new DirectoryInfo(fetched).UnixFileMode, Size: 0);
        return new SourceFolder(Root, Ordered([.. Entries.Where(entry => isOfPackage(entry.Path)), top, .. tree]))
        {
            Reader = path => path.StartsWith(name + "/", StringComparison.Ordinal)
                ? TextOf(Path.Combine(fetched, path[(name.Length + 1)..]))
                : Reader(path),
            Sent = [.. Sent.Where(isOfPackage)],
        };
    });

    /// <summary>One of its folders by itself; <see langword="null"/> when it has none of that name.</summary>
    public SourceFolder? Below(string path)
    {
        if (path.Length == 0)
        {
            return this;
        }

        return HasFolder(path)
            ? new SourceFolder(
                Path.Combine(Root, path),
                [.. Entries
                    .Where(entry => entry.Path.StartsWith(path + "/", StringComparison.Ordinal))
                    .Select(entry => entry with { Path = entry.Path[(path.Length + 1)..] })])
            {
                Reader = below => Reader($"{path}/{below}"),
            }
            : null;
    }

    public bool Has(string path) => Files.Contains(path);

    public bool HasFolder(string path) => Entries.Any(entry => entry.Kind == SourceKind.Folder && entry.Path == path);

    /// <summary>The text of one of its files; <see langword="null"/> when it is not there, or is no text one would write.</summary>
    public string? Read(string path) => Has(path) ? Reader(path) : null;

    /// <summary>Where one of its entries lies on this machine.</summary>
    public string PlaceOf(SourceEntry entry) => entry.Place ?? Path.Combine(Root, entry.Path);

    private static T Reading<T>(string root, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(BuildProblems.Unreadable(root, failure.Message), failure);
        }
    }

    private static string IgnoredIn(string root) => TextOf(Path.Combine(root, IgnorePatterns.File)) ?? "";

    private static IReadOnlyList<SourceEntry> Listed(string root, string prefix, IgnorePatterns rules, CancellationToken cancellation)
    {
        var entries = new List<SourceEntry>();
        Collect(new DirectoryInfo(root), prefix, rules, entries, cancellation);
        return Ordered(entries);
    }

    private static IReadOnlyList<SourceEntry> Ordered(IEnumerable<SourceEntry> entries) =>
        [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)];

    private static string? TextOf(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 and < LongestText } ? File.ReadAllText(path) : null;

    private static void Collect(
        DirectoryInfo folder, string prefix, IgnorePatterns rules, List<SourceEntry> entries, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var found in folder.EnumerateFileSystemInfos())
        {
            var entry = ToEntry(found, prefix + found.Name);
            var excluded = rules.Exclude(entry.Path);
            if (!excluded)
            {
                entries.Add(entry);
            }

            if (entry.Kind == SourceKind.Folder && (!excluded || rules.MayTakeBackBelow(entry.Path)))
            {
                Collect((DirectoryInfo)found, entry.Path + "/", rules, entries, cancellation);
            }
        }
    }

    private static SourceEntry ToEntry(FileSystemInfo found, string path) => found switch
    {
        { LinkTarget: { } target } => new SourceEntry(path, SourceKind.Link, UnixFileMode.None, Size: 0, target),
        DirectoryInfo => new SourceEntry(path, SourceKind.Folder, found.UnixFileMode, Size: 0),
        _ => new SourceEntry(path, SourceKind.File, found.UnixFileMode, ((FileInfo)found).Length),
    };
}
