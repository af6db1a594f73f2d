namespace Nua.Core.Packages.Reading;

/// <summary>Reads the <c>[port.NAME]</c> tables.</summary>
internal static class PortReader
{
    private const int Highest = 65_535;

    public static readonly IReadOnlyDictionary<string, PortProtocol> Protocols = new OrderedDictionary<string, PortProtocol>
    {
        ["tcp"] = PortProtocol.Tcp,
        ["udp"] = PortProtocol.Udp,
    };

    private static readonly Shape NumberShape = new Shape.Either(new Shape.Integer(1, Highest), SettingReader.RuleShape);

    private static readonly Shape PortShape = Shape.Of(section => Read(section, "web", mustGoSomewhere: false));

    /// <param name="section">The table that holds <c>port</c>.</param>
    /// <param name="mustGoSomewhere">Whether a port that is published nowhere is a mistake. A provider's is not: the app reaches it.</param>
    public static IReadOnlyList<Port> ReadAll(Section section, bool mustGoSomewhere) =>
        ReadTables(section, (port, name) => Read(port, name, mustGoSomewhere));

    /// <summary>The same for a site, which may leave out what the image says.</summary>
    public static IReadOnlyList<PortOverride> ReadOverrides(Section section) => ReadTables(section, ReadOverride);

    private static List<T> ReadTables<T>(Section section, Func<Section, string, T> read)
    {
        OrderedDictionary<string, T> ports = [];
        if (section.Ask("port", new Shape.MapOf(PortShape)) is not { } value)
        {
            return [];
        }

        foreach (var (entry, port) in value.AsEntries())
        {
            if (port.AsSection() is { } table)
            {
                var name = Spelling.Fold(entry.Key);
                if (!ports.TryAdd(name, read(table, name)))
                {
                    port.Source.Error(PackageProblems.UsedTwice(port.Path, name), entry.At);
                }

                table.ReportWhatNobodyRead();
            }
        }

        return [.. ports.Values];
    }

    private static PortOverride ReadOverride(Section section, string name) => new()
    {
        Name = name,
        Container = ReadNumber(section, "container"),
        Host = ReadNumber(section, "host"),
        Proxy = ReadNumber(section, "proxy"),
        Protocol = section.Choice("protocol", Protocols),
        Ssl = section.Flag("ssl"),
    };

    private static Port Read(Section section, string name, bool mustGoSomewhere)
    {
        // The normal form says whether the gateway serves it; the name and 'proxy' decide, so the key is only let pass.
        section.Flag("web");
        var port = new Port
        {
            Name = name,
            Container = ReadNumber(section, "container", required: true) ?? new PortNumber.Fixed(1),
            Host = ReadNumber(section, "host"),
            Proxy = ReadNumber(section, "proxy"),
            Protocol = section.Choice("protocol", Protocols) ?? PortProtocol.Tcp,
            Ssl = section.Flag("ssl") ?? true,
        };
        if (mustGoSomewhere && name != "web" && port is { Host: null, Proxy: null })
        {
            section.Source.Error(PackageProblems.PortGoesNowhere(section.Path), section.At);
        }

        return port;
    }

    private static PortNumber? ReadNumber(Section section, string key, bool required = false)
    {
        var value = section.Ask(key, NumberShape, required);
        return value switch
        {
            null => null,
            { Node: TableNode } => ReadDynamic(value),
            _ => value.AsInteger(1, Highest) is { } number ? new PortNumber.Fixed(number) : null,
        };
    }

    private static PortNumber.Dynamic? ReadDynamic(Value value)
    {
        if (SettingReader.ReadDynamic(value) is { } setting)
        {
            return new PortNumber.Dynamic(setting);
        }

        value.Source.Error(PackageProblems.NoRuleForValue(value.Path), value.At);
        return null;
    }
}
