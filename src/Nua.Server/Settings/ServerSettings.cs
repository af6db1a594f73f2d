using Nua.Api;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images.Mirrors;

namespace Nua.Server.Settings;

/// <summary>What the operator chose in <c>nua.toml</c>; every choice has a default.</summary>
internal sealed record ServerSettings
{
    /// <summary>Tells this server's objects on an engine from those of another.</summary>
    public required string Name { get; init; }

    /// <summary>What the domain of an instance ends in when nobody names one.</summary>
    public string DomainSuffix { get; init; } = "localhost";

    /// <summary>How the gateway is started.</summary>
    public GatewaySettings Gateway { get; init; } = new();

    /// <summary>Whom the gateway asks for certificates of public names.</summary>
    public CertificateSettings Certificates { get; init; } = CertificateSettings.None;

    /// <summary>The remote door.</summary>
    public ApiSettings Api { get; init; } = new([]);

    /// <summary>Where the engine is.</summary>
    public EngineSettings Engine { get; init; } = new();

    /// <summary>Where images of others come from.</summary>
    public ImageSettings Images { get; init; } = new();

    /// <summary>What builds may use.</summary>
    public BuilderSettings Build { get; init; } = new();

    /// <summary>Where packages come from.</summary>
    public PackageMirrors Mirrors { get; init; } = new();
}

/// <summary>Where images come from that are not built from packages.</summary>
internal sealed record ImageSettings
{
    /// <summary>Built here from the distribution's packages.</summary>
    public const string Distro = "distro";
    /// <summary>Pulled from a registry.</summary>
    public const string Registry = "registry";

    /// <summary>Asked in this order.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [Distro, Registry];

    /// <summary>The release whose packages <see cref="Distro"/> uses; <see langword="null"/>: this machine's.</summary>
    public string? Suite { get; init; }

    /// <summary>The moment whose packages <see cref="Distro"/> uses; <see langword="null"/>: now.</summary>
    public DateTimeOffset? Snapshot { get; init; }

    /// <summary>Where old packages are kept; an address with <c>{archive}</c> and <c>{moment}</c>.</summary>
    public string? SnapshotArchive { get; init; }
}

/// <summary>What builds may take and need.</summary>
internal sealed record BuilderSettings
{
    private const double UsualShareOfMemory = 0.75;

    /// <summary>How long one may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many run at the same time.</summary>
    public int AtOnce { get; init; } = Environment.ProcessorCount;

    /// <summary>What the steps of all of them may take together.</summary>
    public long MemoryBytes { get; init; } = (long)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * UsualShareOfMemory);

    /// <summary>A PEM file of this machine with certificate authorities that downloads in build steps trust.</summary>
    public string Authorities { get; init; } =
        Environment.GetEnvironmentVariable("SSL_CERT_FILE") ?? "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>How large a package's folder may be.</summary>
    public UnpackingLimits Uploads { get; init; } = new();

    /// <summary>How large a source may be that is fetched, packed and unpacked.</summary>
    public UnpackingLimits Sources { get; init; } = new();
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

/// <summary>The API's remote door.</summary>
/// <param name="Listen"><c>ADDRESS:PORT</c>; without any, the door is shut.</param>
/// <param name="Certificate">A PEM file; <see langword="null"/>: one that the server makes itself.</param>
/// <param name="Key">A PEM file with its key.</param>
internal sealed record ApiSettings(IReadOnlyList<string> Listen, string? Certificate = null, string? Key = null);
