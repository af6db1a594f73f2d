using Nua.Server.Uploads;

namespace Nua.Server.Settings;

/// <summary>What the operator chose in <c>nua.toml</c>; every choice has a default.</summary>
internal sealed record ServerSettings
{
    /// <summary>Tells this server's objects on an engine from those of another.</summary>
    public required string Name { get; init; }

    /// <summary>What the domain of an instance ends in when nobody names one.</summary>
    public string DomainSuffix { get; init; } = "localhost";

    public GatewaySettings Gateway { get; init; } = new();

    public EngineSettings Engine { get; init; } = new();

    /// <summary>Where images come from that are not built from packages, in this order.</summary>
    public IReadOnlyList<string> ImageSources { get; init; } = ["distro", "registry"];

    public BuilderSettings Build { get; init; } = new();
}

/// <summary>What builds may take and need.</summary>
/// <param name="TimeLimit">How long one may take.</param>
/// <param name="Authorities">A PEM file of this machine with certificate authorities that downloads in build steps trust.</param>
/// <param name="Uploads">How large a package's folder may be.</param>
internal sealed record BuilderSettings(TimeSpan TimeLimit, string? Authorities, UploadLimits Uploads)
{
    public BuilderSettings()
        : this(TimeSpan.FromMinutes(30), Authorities: null, new UploadLimits())
    {
    }
}

/// <summary>The engine that runs the workloads.</summary>
internal sealed record EngineSettings(string Socket = "/var/run/docker.sock");

/// <summary>Where visitors come in: <c>ADDRESS:PORT</c>; nothing at all means ports 80 and 443 of every address.</summary>
internal sealed record GatewaySettings(IReadOnlyList<string>? Http = null, IReadOnlyList<string>? Https = null)
{
    /// <summary>As the gateway's command line has it.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        .. (Http ?? []).SelectMany(address => new[] { "--http", address }),
        .. (Https ?? []).SelectMany(address => new[] { "--https", address }),
    ];
}
