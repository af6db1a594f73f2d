namespace Nua.Api;

/// <summary>
/// Where one server keeps everything: <c>/etc/nua</c>, <c>/var/lib/nua</c> and <c>/run/nua</c>,
/// or the folders <c>etc</c>, <c>lib</c> and <c>run</c> of <c>NUA_HOME</c>, so that many servers run side by side.
/// </summary>
public sealed record NuaHome(string Settings, string State, string Run)
{
    /// <summary>Reads <c>NUA_HOME</c>.</summary>
    public static NuaHome FromEnvironment() =>
        Environment.GetEnvironmentVariable("NUA_HOME") is { Length: > 0 } home
            ? Under(Path.GetFullPath(home))
            : Usual;

    /// <summary>The home of a machine's own server.</summary>
    public static NuaHome Usual { get; } = new("/etc/nua", "/var/lib/nua", "/run/nua");

    public static NuaHome Under(string folder) =>
        new(Path.Combine(folder, "etc"), Path.Combine(folder, "lib"), Path.Combine(folder, "run"));

    /// <summary>The server's API.</summary>
    public string ServerSocket => Path.Combine(Run, "server.sock");

    /// <summary>Where the server tells the gateway its routes.</summary>
    public string GatewaySocket => Path.Combine(Run, "gateway.sock");

    /// <summary>
    /// The gateway's private door: the same TLS, the same routing as the public one, but candidates come first.
    /// Test protocols pass through it before a route goes live.
    /// </summary>
    public string PrivateDoorSocket => Path.Combine(Run, "gateway-private.sock");

    /// <summary>The certificate and the key that the server makes for its remote door.</summary>
    public string DoorState => Path.Combine(State, "door");

    /// <summary>The operator's settings, <c>nua.toml</c>.</summary>
    public string SettingsFile => Path.Combine(Settings, "nua.toml");

    /// <summary>What a program of Nua's says that was started without a terminal.</summary>
    public string LogOf(string program) => Path.Combine(State, "logs", $"{program}.log");

    /// <summary>Routes and certificates, owned by the gateway.</summary>
    public string GatewayState => Path.Combine(State, "gateway");

    /// <summary>The certificate of the local authority, to be trusted by clients.</summary>
    public string AuthorityCertificate => Path.Combine(GatewayState, "authority", "ca.crt");

    /// <summary>
    /// The certificate of the authority that stands in for a public one on names such as <c>example.org</c>.
    /// It may speak for any name, so nobody but the private door should trust it.
    /// </summary>
    public string InterimAuthorityCertificate => Path.Combine(GatewayState, "authority", "interim.crt");
}
