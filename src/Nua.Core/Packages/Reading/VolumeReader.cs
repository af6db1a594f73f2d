namespace Nua.Core.Packages.Reading;

/// <summary>Reads the <c>[[volume]]</c> tables.</summary>
internal static class VolumeReader
{
    public static readonly IReadOnlyDictionary<string, VolumeType> Types = new OrderedDictionary<string, VolumeType>
    {
        ["managed"] = VolumeType.Managed,
        ["directory"] = VolumeType.Directory,
        ["tmpfs"] = VolumeType.Tmpfs,
    };

    /// <summary>The options that are Nua's own, however they are spelled; those of a driver keep their spelling.</summary>
    private static readonly Dictionary<string, string> OwnOptions = new()
    {
        ["tmpfs-size"] = "tmpfs_size",
        ["tmpfs-mode"] = "tmpfs_mode",
        ["read-only"] = "read-only",
        ["readonly"] = "read-only",
    };

    /// <returns><see langword="null"/> when nothing is said about volumes.</returns>
    public static IReadOnlyList<Volume>? ReadAll(Section section) => section.Tables("volume", Read);

    private static Volume Read(Section section)
    {
        var volume = new Volume
        {
            Name = section.Text("name"),
            WrittenType = section.Choice("type", Types),
            Target = ReadTarget(section),
            WrittenDriver = section.Text("driver"),
            Options = ReadOptions(section),
            Backup = BackupReader.ReadIn(section),
        };
        CheckName(section, volume);
        return volume;
    }

    private static string ReadTarget(Section section)
    {
        var target = section.RequiredText("target");
        if (target.Length > 0 && !target.StartsWith('/'))
        {
            section.Source.Error(PackageProblems.NotAbsolute(section.PathOf("target"), target), section.PlaceOf("target"));
        }

        return target;
    }

    private static void CheckName(Section section, Volume volume)
    {
        if (string.IsNullOrWhiteSpace(volume.Name))
        {
            if (volume.Type != VolumeType.Tmpfs)
            {
                section.Source.Error(PackageProblems.VolumeWithoutName(section.Path), section.At);
            }
        }
        else if (volume.Type == VolumeType.Directory && !volume.Name.StartsWith('/'))
        {
            section.Source.Error(PackageProblems.NotAbsolute(section.PathOf("name"), volume.Name), section.PlaceOf("name"));
        }
    }

    private static Dictionary<string, string> ReadOptions(Section section)
    {
        Dictionary<string, string> options = [];
        if (section.Ask("options", new Shape.MapOf(new Shape.Text())) is { } table)
        {
            foreach (var (entry, value) in table.AsEntries().Where(option => option.Entry.Value is not NullNode))
            {
                var name = OwnOptions.GetValueOrDefault(Spelling.Fold(entry.Key), entry.Key);
                if (ReadOption(name, value) is { } text)
                {
                    options[name] = text;
                }
            }
        }

        return options;
    }

    /// <summary>A mode given as a number is written in octal, as everybody reads it: <c>0o1777</c> becomes <c>1777</c>.</summary>
    private static string? ReadOption(string name, Value value) =>
        name == "tmpfs_mode" && value.Node is NumberNode { Integer: >= 0 and var mode }
            ? Convert.ToString(mode, 8)
            : value.AsText();
}
