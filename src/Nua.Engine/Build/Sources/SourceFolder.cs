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

    private static SourceFolder Scan(string root, Func<string, IgnorePatterns> rulesOf, CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(root);
        if (!folder.Exists)
        {
            throw new NuaException(BuildProblems.NoFolder(root));
        }

        try
        {
            var rules = rulesOf(TextOf(Path.Combine(root, IgnorePatterns.File)) ?? "");
            var entries = new List<SourceEntry>();
            Collect(folder, prefix: "", rules, entries, cancellation);
            return new SourceFolder(root, [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(BuildProblems.Unreadable(root, failure.Message), failure);
        }
    }

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
