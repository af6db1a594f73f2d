namespace Nua.Core.Packages;

/// <summary>What a site says about one port; <see langword="null"/>: nothing.</summary>
public sealed record PortOverride
{
    public required string Name { get; init; }

    public PortNumber? Container { get; init; }

    public PortNumber? Host { get; init; }

    public PortNumber? Proxy { get; init; }

    public PortProtocol? Protocol { get; init; }

    public bool? Ssl { get; init; }
}
