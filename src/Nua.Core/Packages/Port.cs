namespace Nua.Core.Packages;

/// <summary>One <c>[port.NAME]</c>.</summary>
public sealed record Port
{
    public required string Name { get; init; }

    /// <summary>The port inside the container.</summary>
    public required PortNumber Container { get; init; }

    /// <summary>The port published on the host; <see langword="null"/> publishes none.</summary>
    public PortNumber? Host { get; init; }

    /// <summary>The public port the gateway listens on for it; <see langword="null"/> is 443 for <c>web</c>.</summary>
    public PortNumber? Proxy { get; init; }

    public PortProtocol Protocol { get; init; } = PortProtocol.Tcp;

    /// <summary>Whether the gateway serves it with TLS.</summary>
    public bool Ssl { get; init; } = true;

    /// <summary>Whether the gateway serves it at all: it is named <c>web</c> or has a <see cref="Proxy"/> port.</summary>
    public bool IsWeb => Name == "web" || Proxy is not null;
}

public enum PortProtocol
{
    Tcp,
    Udp,
}

/// <summary>A port: a number from 1 to 65535, or a value to look up when the instance is deployed.</summary>
public abstract record PortNumber
{
    private PortNumber() { }

    public sealed record Fixed(int Number) : PortNumber;

    public sealed record Dynamic(Setting Setting) : PortNumber;
}
