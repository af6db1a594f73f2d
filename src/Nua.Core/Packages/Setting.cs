namespace Nua.Core.Packages;

/// <summary>The value of one environment variable, as the packager or the operator wrote it.</summary>
public abstract record Setting
{
    private Setting() { }

    /// <summary><c>TZ = "Europe/Paris"</c>; may hold <c>{NAME}</c> of other variables of the same workload.</summary>
    public sealed record Literal(string Value) : Setting;

    /// <summary><c>DB_HOST = { from = "database", key = "hostname" }</c>; no <c>from</c> means the workload itself.</summary>
    public sealed record Lookup(string? From, string Key) : Setting;

    /// <summary><c>{ random = true, length = 24 }</c>: letters and digits, kept unless <c>persistent = false</c>.</summary>
    public sealed record RandomText(int Length = 24, bool Persistent = true, bool Display = false) : Setting;

    /// <summary><c>{ random = true, type = "integer" }</c>: an integer from 0 to 2^63-1.</summary>
    public sealed record RandomInteger(bool Persistent = true, bool Display = false) : Setting;

    /// <summary><c>{ unique_db = true }</c>: a database name no other instance of this server has.</summary>
    public sealed record UniqueDatabase(bool Persistent = true, bool Display = false) : Setting;

    /// <summary><c>{ unique_user = true }</c>: a user name no other instance of this server has.</summary>
    public sealed record UniqueUser(bool Persistent = true, bool Display = false) : Setting;

    /// <summary><c>{ external_ip = true }</c>: the server's public IPv4 address.</summary>
    public sealed record ExternalIp : Setting;

    /// <summary><c>{ nua_internal = "…" }</c>: the password of a database shared by the server.</summary>
    public sealed record HostPassword(string Name) : Setting;
}
