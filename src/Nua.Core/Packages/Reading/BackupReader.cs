using System.Text.Json;

namespace Nua.Core.Packages.Reading;

/// <summary>Reads a <c>backup</c> table: the app's, a provider's or a volume's.</summary>
internal static class BackupReader
{
    private static readonly string[] Methods = ["tgz_volumes", "pg_dump", "mysqldump", "mongodump"];

    private static readonly string[] Spans = ["last", "hourly", "daily", "weekly", "monthly", "yearly"];

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public static BackupPolicy? ReadIn(Section section) => section.Table("backup", Read);

    private static BackupPolicy Read(Section section) => new()
    {
        Method = ReadMethod(section),
        WrittenFrequency = ReadFrequency(section),
        Keep = section.Table("keep", ReadKeep) ?? [],
        Destinations = section.OneOrMore("destinations"),
        Drill = section.Duration("drill", Shortest),
        Rpo = section.Duration("rpo", Shortest),
        Rto = section.Duration("rto", Shortest),
        Options = ReadOptions(section),
    };

    /// <summary>Free text in the format: what cannot be understood is kept, and the server's policy decides.</summary>
    private static string? ReadFrequency(Section section)
    {
        var value = section.Ask("frequency", new Shape.Duration());
        if (value?.AsText() is not { } written || string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        if (BackupPolicy.Understand(written) is null)
        {
            value.Source.Warn(PackageProblems.UnknownFrequency(value.Path, written), value.At);
        }

        return written;
    }

    /// <summary>The method's own words, of any kind, untouched.</summary>
    private static OrderedDictionary<string, JsonElement> ReadOptions(Section section)
    {
        OrderedDictionary<string, JsonElement> options = [];
        foreach (var (entry, value) in section.Ask("options", new Shape.MapOf(new Shape.Anything()))?.AsEntries() ?? [])
        {
            options[entry.Key] = value.AsJson();
        }

        return options;
    }

    private static string? ReadMethod(Section section)
    {
        var value = section.Ask("method", new Shape.Text());
        var method = value?.AsText();
        if (value is null || method is null || Methods.Contains(method))
        {
            return method;
        }

        var nearest = Spelling.Nearest(method, Methods);
        value.Source.Warn(PackageProblems.UnknownBackupMethod(value.Path, method, Methods, nearest), value.At);
        return method;
    }

    private static Dictionary<string, int> ReadKeep(Section section) =>
        Spans.Select(span => (Span: span, Count: section.Integer(span, 0, int.MaxValue)))
            .Where(kept => kept.Count is not null)
            .ToDictionary(kept => kept.Span, kept => kept.Count!.Value);
}
