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
    public static IReadOnlyList<Port> ReadAll(Section section, bool mustGoSomewhere)
    {
        if (section.Ask("port", new Shape.MapOf(PortShape)) is not { } value)
        {
            return [];
        }

        List<Port> ports = [];
        foreach (var (entry, port) in value.AsEntries())
        {
            if (port.AsSection() is { } table)
            {
                ports.Add(Read(table, Spelling.Fold(entry.Key), mustGoSomewhere));
                table.ReportWhatNobodyRead();
            }
        }

        return ports;
    }

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
            { Node: TableNode } => new PortNumber.Dynamic(SettingReader.ReadDynamic(value)),
            _ => value.AsInteger(1, Highest) is { } number ? new PortNumber.Fixed(number) : null,
        };
    }
}
