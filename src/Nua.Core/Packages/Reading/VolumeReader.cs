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

    private static OrderedDictionary<string, string> ReadOptions(Section section)
    {
        OrderedDictionary<string, string> options = [];
        if (section.Ask("options", new Shape.MapOf(new Shape.Text())) is { } table)
        {
            foreach (var (entry, value) in table.AsEntries().Where(option => option.Entry.Value is not NullNode))
            {
                var name = OwnOptions.GetValueOrDefault(Spelling.Fold(entry.Key), entry.Key);
                if (ReadOption(name, value) is { } text && !options.TryAdd(name, text))
                {
                    value.Source.Error(PackageProblems.UsedTwice(value.Path, name), entry.At);
                }
            }
        }

        return options;
    }

    private static string? ReadOption(string name, Value value) =>
        name == "tmpfs_mode" && value.Node is NumberNode { Integer: >= 0 } number ? ReadMode(value, number) : value.AsText();

    /// <summary>
    /// A mode given as a number is written in octal, as everybody reads it: <c>0o1777</c> becomes <c>1777</c>, and YAML's
    /// <c>0777</c> is 777. A decimal number is taken for its value, which hardly anybody means.
    /// </summary>
    private static string ReadMode(Value value, NumberNode number)
    {
        if (number.Written is ['0', .. { Length: > 0 } digits] && digits.All(digit => digit is >= '0' and <= '7'))
        {
            return digits.TrimStart('0') is { Length: > 0 } mode ? mode : "0";
        }

        var octal = Convert.ToString(number.Integer!.Value, 8);
        if (octal != number.Written && number.Written.All(char.IsAsciiDigit))
        {
            value.Source.Warn(PackageProblems.DecimalMode(value.Path, number.Written, octal), value.At);
        }

        return octal;
    }
}
