namespace Nua.Core.Packages.Reading;

/// <summary>
/// Everything an older config may say differently. It rewrites the tree before anybody reads it and leaves a note at each
/// place, so the readers know the present format only.
/// </summary>
internal static class OldSpellings
{
    /// <summary>A key that moved. Sections are named from the top; <c>""</c> is the file itself.</summary>
    internal sealed record Move(string Section, string Key, string NewSection, string NewKey);

    public static readonly IReadOnlyList<Move> Moves =
    [
        new("metadata", "license", "build", "license"),
        new("metadata", "src-url", "build", "src-url"),
        new("metadata", "src-checksum", "build", "src-checksum"),
        new("metadata", "checksum", "build", "src-checksum"),
        new("metadata", "git-url", "build", "git-url"),
        new("metadata", "git-branch", "build", "git-branch"),
        new("metadata", "base-image", "build", "base-image"),
        new("build", "checksum", "build", "src-checksum"),
        new("build", "build-command", "build", "build"),
        new("build", "build-packages", "build", "packages"),
        new("build", "run-packages", "run", "packages"),
        new("run", "run-packages", "run", "packages"),
        new("run", "env", "", "env"),
        new("", "resource", "", "provider"),
    ];

    /// <summary>Keys that were renamed inside each <c>[[volume]]</c> and each <c>[[provider]]</c>.</summary>
    public static readonly IReadOnlyList<Move> VolumeMoves = [new("", "prefix", "", "name"), new("", "source", "", "name")];

    /// <inheritdoc cref="VolumeMoves"/>
    public static readonly IReadOnlyList<Move> ProviderMoves =
    [
        new("", "plugin-name", "", "module-name"),
        new("", "plugin-version", "", "module-version"),
        new("", "base-image", "build", "base-image"),
    ];

    private static readonly Dictionary<string, string> VolumeTypes = new() { ["volume"] = "managed", ["bind"] = "directory" };

    private static readonly Dictionary<string, string> VolumeDrivers = new() { ["local"] = "docker" };

    private static readonly Dictionary<string, string> BackupMethods = new()
    {
        ["pg_dumpall"] = "pg_dump",
        ["barman"] = "pg_dump",
        ["sync"] = "tgz_volumes",
    };

    /// <summary>What an old <c>type</c> of a provider said is the module's name.</summary>
    private static readonly Dictionary<string, string> Modules = new()
    {
        ["postgres"] = "postgres",
        ["postgresql"] = "postgres",
        ["mariadb"] = "mariadb",
        ["mongo"] = "mongo",
        ["redis"] = "redis-cache",
        ["redis-cache"] = "redis-cache",
        ["sqlite"] = "sqlite",
    };

    /// <summary>The old keys of one table, named as in the schema, and what is written now.</summary>
    public static IEnumerable<(string Key, string Now)> KeysIn(string path) => path switch
    {
        "volume[]" or "provider[].volume[]" => VolumeMoves.Select(move => (move.Key, move.NewKey)),
        "provider[]" => ProviderMoves.Select(move => (move.Key, Join(move.NewSection, move.NewKey))).Append(("version", "module-version")),
        _ when path.Split('.')[^1] == "backup" => [("destination", "destinations")],
        _ => Moves.Where(move => move.Section == path).Select(move => (move.Key, Join(move.NewSection, move.NewKey)))
            .Concat(path.Length == 0 ? [("assign", "env"), ("instance", "env")] : []),
    };

    /// <summary>The old words for the value at a path of the schema.</summary>
    public static IEnumerable<string> WordsAt(string path) => path switch
    {
        "volume[].type" or "provider[].volume[].type" => VolumeTypes.Keys,
        "port.*.host" or "provider[].port.*.host" => ["auto"],
        _ => [],
    };

    /// <summary>Whether the table at a path of the schema was once written as a list of tables.</summary>
    public static bool MayBeAList(string path) => path is "volume[].options" or "provider[].volume[].options";

    public static void Replace(SourceText source, TableNode root)
    {
        Rearrange(source, root, Moves, "");
        AssignedVariables.Replace(source, root);
        foreach (var (provider, path) in TablesOf(root, "provider", ""))
        {
            Rearrange(source, provider, ProviderMoves, path);
            ReplaceModule(source, provider, path);
        }

        ReplaceSite(source, root, "");
    }

    /// <summary>The same for a site, which may say otherwise what its image's config says; what a provider is it cannot say.</summary>
    public static void ReplaceSite(SourceText source, TableNode site, string path)
    {
        ReplaceShared(source, site, path);
        foreach (var (provider, name) in TablesOf(site, "provider", path))
        {
            ReplaceShared(source, provider, name);
        }
    }

    private static void ReplaceShared(SourceText source, TableNode owner, string path)
    {
        ReplaceBackup(source, owner, path);
        ReplacePorts(source, owner, path);
        ReplaceVolumes(source, owner, path);
    }

    private static void ReplaceVolumes(SourceText source, TableNode owner, string path)
    {
        foreach (var (volume, name) in TablesOf(owner, "volume", path))
        {
            Rearrange(source, volume, VolumeMoves, name);
            Reword(source, volume, "type", VolumeTypes, name);
            Reword(source, volume, "driver", VolumeDrivers, name);
            ReplaceBackup(source, volume, name);
            MergeOptions(source, volume, name);
        }
    }

    /// <summary><c>host = "auto"</c> is what a missing <c>host</c> means.</summary>
    private static void ReplacePorts(SourceText source, TableNode owner, string path)
    {
        if (owner.FindFolded("port")?.Value is not TableNode ports)
        {
            return;
        }

        foreach (var port in ports.Entries.Select(entry => entry.Value).OfType<TableNode>())
        {
            if (port.FindFolded("host") is { Value: TextNode { Value: "auto" } } host)
            {
                source.Deprecate(PackageProblems.OldSpelling($"'{Join(path, "port")}.….host = \"auto\"'", "no 'host' at all"), host.At);
                port.Remove(host);
            }
        }
    }

    private static void ReplaceBackup(SourceText source, TableNode owner, string path)
    {
        if (owner.FindFolded("backup")?.Value is TableNode backup)
        {
            Reword(source, backup, "method", BackupMethods, Join(path, "backup"));
            Rearrange(source, backup, [new("", "destination", "", "destinations")], Join(path, "backup"));
        }
    }

    /// <summary><c>type = "postgres"</c> with <c>version = "14"</c> is the module <c>postgres</c>, at least 14 and below 15.</summary>
    private static void ReplaceModule(SourceText source, TableNode provider, string path)
    {
        if (provider.FindFolded("type") is { Value: TextNode type } entry && Modules.TryGetValue(type.Value, out var module))
        {
            source.Deprecate(PackageProblems.OldSpelling($"'{path}.{entry.Key} = \"{type.Value}\"'", $"'module-name = \"{module}\"'"), entry.At);
            provider.Remove(entry);
            if (provider.FindFolded("module-name") is not { } named)
            {
                provider.TryAdd(new Entry("module-name", entry.At, new TextNode(module, type.At)));
            }
            else if (named.Value is not TextNode { Value: var name } || name != module)
            {
                source.Warn(PackageProblems.OldAndNew($"{path}.{entry.Key}", $"{path}.{named.Key}"), entry.At);
            }
        }

        if (provider.FindFolded("module-name") is not null
            && provider.FindFolded("module-version") is null
            && provider.FindFolded("version") is { } version
            && new Value(source, $"{path}.version", version.Value).AsText() is { } text)
        {
            var range = RangeOf(text);
            source.Deprecate(PackageProblems.OldSpelling($"'{path}.version'", $"'module-version = \"{range}\"'"), version.At);
            provider.Remove(version);
            provider.TryAdd(new Entry("module-version", version.At, new TextNode(range, version.Value.At)));
        }
    }

    /// <summary><c>10.6</c> becomes <c>&gt;=10.6, &lt;10.7</c>; what is a range already stays one.</summary>
    private static string RangeOf(string version)
    {
        var parts = version.Trim().Split('.');
        if (!parts.All(part => part.Length is > 0 and < 9 && part.All(char.IsAsciiDigit)))
        {
            return version;
        }

        var next = int.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture) + 1;
        return $">={version.Trim()}, <{string.Join('.', [.. parts[..^1], $"{next}"])}";
    }

    /// <summary><c>[[volume.options]]</c> instead of <c>[volume.options]</c>: a list of tables that together are one.</summary>
    private static void MergeOptions(SourceText source, TableNode volume, string path)
    {
        if (volume.FindFolded("options") is not { Value: ListNode list } entry)
        {
            return;
        }

        source.Deprecate(PackageProblems.OldSpelling($"'{path}.options' as a list", "one table"), entry.At);
        var merged = new TableNode(list.At);
        foreach (var (index, item) in list.Items.Index())
        {
            Merge(source, merged, item, $"{path}.{entry.Key}[{index}]");
        }

        volume.Set(entry with { Value = merged });
    }

    private static void Merge(SourceText source, TableNode merged, Node item, string path)
    {
        if (item is not TableNode table)
        {
            source.Error(PackageProblems.WrongKind(path, item.Kind, "a table"), item.At);
            return;
        }

        foreach (var option in table.Entries.Where(option => !merged.TryAdd(option)))
        {
            source.Error(FormatProblems.GivenTwice(option.Key), option.At);
        }
    }

    private static void Rearrange(SourceText source, TableNode owner, IEnumerable<Move> moves, string path)
    {
        foreach (var move in moves)
        {
            if (SectionOf(owner, move.Section)?.FindFolded(move.Key) is { } entry)
            {
                Carry(source, owner, move, entry, path);
            }
        }
    }

    private static void Carry(SourceText source, TableNode owner, Move move, Entry entry, string path)
    {
        var from = SectionOf(owner, move.Section)!;
        var old = Join(path, Join(owner.FindFolded(move.Section)?.Key ?? move.Section, entry.Key));
        var now = Join(path, Join(move.NewSection, move.NewKey));
        if (SectionOf(owner, move.NewSection) is null)
        {
            owner.TryAdd(new Entry(move.NewSection, entry.At, new TableNode(entry.At)));
        }

        // A section that is not a table is a finding of its own, made by its reader.
        if (SectionOf(owner, move.NewSection) is not { } to)
        {
            return;
        }

        from.Remove(entry);
        var taken = to.FindFolded(move.NewKey);
        if (taken is { Value: TableNode kept } && entry.Value is TableNode added)
        {
            source.Deprecate(PackageProblems.OldSpelling($"'{old}'", $"'{now}'"), entry.At);
            foreach (var variable in added.Entries.Where(variable => !kept.TryAdd(variable)))
            {
                source.Warn(PackageProblems.OldAndNew($"{old}.{variable.Key}", $"{now}.{variable.Key}"), variable.At);
            }
        }
        else if (taken is not null)
        {
            source.Warn(PackageProblems.OldAndNew(old, now), entry.At);
        }
        else
        {
            source.Deprecate(PackageProblems.OldSpelling($"'{old}'", $"'{now}'"), entry.At);
            to.TryAdd(entry with { Key = move.NewKey });
        }
    }

    private static void Reword(SourceText source, TableNode owner, string key, Dictionary<string, string> words, string path)
    {
        if (owner.FindFolded(key) is { Value: TextNode text } entry && words.TryGetValue(text.Value, out var word))
        {
            source.Deprecate(PackageProblems.OldSpelling($"'{path}.{key} = \"{text.Value}\"'", $"\"{word}\""), entry.At);
            owner.Set(entry with { Value = new TextNode(word, text.At) });
        }
    }

    private static TableNode? SectionOf(TableNode owner, string section) =>
        section.Length == 0 ? owner : owner.FindFolded(section)?.Value as TableNode;

    private static IEnumerable<(TableNode Table, string Path)> TablesOf(TableNode owner, string key, string path) =>
        owner.FindFolded(key) is { Value: ListNode list } entry
            ? [.. list.Items.Select((item, index) => (Table: item as TableNode, Path: $"{Join(path, entry.Key)}[{index}]"))
                .Where(item => item.Table is not null).Select(item => (item.Table!, item.Path))]
            : [];

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
