using System.Runtime.InteropServices;
using Nua.Core.Problems;

namespace Nua.Engine.Build.Sources;

/// <summary>
/// The folder an engine builds from: the source without what is ignored, and what Nua adds. One for each app, at a place
/// that stays, since engines send only what changed since they last read the same folder.
/// </summary>
internal static partial class BuildContext
{
    /// <param name="folder">Where to make it; whatever is there is replaced.</param>
    /// <param name="source">What the package brings.</param>
    /// <param name="sourceFolder">Where it goes, relative to the context; empty: its root.</param>
    /// <param name="texts">Files to add, by path relative to the context.</param>
    /// <param name="copies">Files of this machine to add, by path relative to the context.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Lay(
        string folder,
        SourceFolder source,
        string sourceFolder,
        IReadOnlyDictionary<string, string> texts,
        IReadOnlyDictionary<string, string> copies,
        CancellationToken cancellation)
    {
        try
        {
            Clear(folder);
            LaySource(source, Path.Combine(folder, sourceFolder), cancellation);
            foreach (var (path, text) in texts)
            {
                File.WriteAllText(MakeWay(Prepare(folder, path)), text);
            }

            foreach (var (path, file) in copies)
            {
                LinkOrCopy(file, MakeWay(Prepare(folder, path)));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(BuildProblems.CannotPrepare(folder, failure.Message), failure);
        }
    }

    public static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void LaySource(SourceFolder source, string target, CancellationToken cancellation)
    {
        Directory.CreateDirectory(target);
        foreach (var entry in source.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            LayEntry(entry, source.PlaceOf(entry), Prepare(target, entry.Path));
        }

        // Last, for one that may not be written to could not be filled.
        foreach (var entry in source.Entries.Where(entry => entry.Kind == SourceKind.Folder))
        {
            File.SetUnixFileMode(Path.Combine(target, entry.Path), entry.Mode);
        }
    }

    private static void LayEntry(SourceEntry entry, string from, string to)
    {
        switch (entry)
        {
            case { Kind: SourceKind.Folder }:
                Directory.CreateDirectory(to);
                break;
            case { Kind: SourceKind.Link }:
                File.CreateSymbolicLink(to, entry.Target!);
                break;
            case { Size: 0 }:
                File.Create(to).Dispose();
                File.SetUnixFileMode(to, entry.Mode);
                break;
            default:
                LinkOrCopy(from, to);
                break;
        }
    }

    private static string Prepare(string folder, string path)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    // A source's own file of that name is a second name of the packager's, and writing to it would change that.
    private static string MakeWay(string path)
    {
        File.Delete(path);
        return path;
    }

    /// <summary>A second name costs nothing; another file system, or another's file, needs a copy.</summary>
    private static void LinkOrCopy(string from, string to)
    {
        if (Link(from, to) != 0)
        {
            File.Copy(from, to);
            File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(from));
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}
