using Nua.Core.Packages;
using Nua.Core.Packages.Reading;

namespace Nua.Core.Sites;

/// <summary>What came of reading a sites file.</summary>
/// <param name="Sites">In the order of the file; empty when one of the findings is an error.</param>
/// <param name="Findings">Errors, warnings and old spellings, in the order of the file.</param>
public sealed record SitesReading(IReadOnlyList<Site> Sites, IReadOnlyList<Finding> Findings);

/// <summary>Reads a sites file, TOML, JSON or YAML, and says everything that is wrong with it at once.</summary>
public static class SitesReader
{
    /// <summary>Reads and reports; never throws for anything a file can hold.</summary>
    public static SitesReading Inspect(string file, string text, ReadingOptions? options = null)
    {
        var source = new SourceText(file, text, options ?? new ReadingOptions());
        var sites = Tree.Parse(source) is { } root ? Read(source, root) : [];
        return new SitesReading(source.HasErrors ? [] : sites, source.Findings);
    }

    /// <exception cref="PackageException">It is not valid; the exception holds all findings.</exception>
    public static IReadOnlyList<Site> Read(string file, string text, ReadingOptions? options = null)
    {
        var reading = Inspect(file, text, options);
        return reading.Findings.Any(finding => finding.Severity == FindingSeverity.Error)
            ? throw new PackageException(reading.Findings)
            : reading.Sites;
    }

    /// <inheritdoc cref="Read(string, string, ReadingOptions?)"/>
    /// <exception cref="Problems.NuaException"><c>package.no-such-file</c>, <c>package.unreachable</c></exception>
    public static IReadOnlyList<Site> ReadFile(string path, ReadingOptions? options = null) =>
        Read(path, FileText.Read(path), options);

    /// <summary>Whether a file is a sites file rather than a config: it has sites and no metadata.</summary>
    public static bool IsSitesFile(string file, string text)
    {
        var root = Tree.Parse(new SourceText(file, text, new ReadingOptions()));
        return root?.FindFolded("site") is not null && root.FindFolded("metadata") is null;
    }

    private static List<Site> Read(SourceText source, TableNode root)
    {
        ReplaceOldSpellings(source, root);
        var file = new Section(source, "", root);
        var sites = new SitesOfOneFile();
        var read = file.Tables("site", site => new Box(SiteReader.Read(site, sites)));
        file.ReportWhatNobodyRead();
        CrossChecks.RunOnSites(source, root);
        if (read is not { Count: > 0 })
        {
            source.Error(SitesProblems.NoSites(), Place.Start);
        }

        return [.. (read ?? []).Select(box => box.Site).OfType<Site>()];
    }

    private static void ReplaceOldSpellings(SourceText source, TableNode root)
    {
        if (root.FindFolded("site")?.Value is not ListNode list)
        {
            return;
        }

        foreach (var (site, index) in list.Items.Select((item, index) => (item as TableNode, index)))
        {
            if (site is not null)
            {
                OldSpellings.ReplaceSite(source, site, $"site[{index}]");
            }
        }
    }

    /// <summary>A site that could not be made still is a place in the list.</summary>
    private sealed record Box(Site? Site);
}
