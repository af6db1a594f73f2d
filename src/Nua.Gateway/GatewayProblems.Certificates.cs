namespace Nua.Gateway;

/// <summary>What it can complain about certificates.</summary>
internal static partial class GatewayProblems
{
    private const string ImportAgain = "nua cert import --cert FILE --key FILE";

    public static GatewayException NoSuchName(string name) => new(
        GatewayException.NotFound,
        new("gateway.no-such-name", $"No visitor is led to '{name}' over HTTPS.", "See the names with 'nua cert check'."));

    public static GatewayException NotAsked(string name) => new(
        GatewayException.Conflict,
        new(
            "gateway.not-asked",
            $"No authority is asked for a certificate of '{name}': it has no route, is a name of this machine, or you brought one.",
            "See the names with 'nua cert list'; take back what you brought with 'nua cert remove'."));

    public static GatewayException NoAuthority(string name) => new(
        GatewayException.Conflict,
        new(
            "gateway.no-authority",
            $"Nobody can be asked for a certificate of '{name}'.",
            "Write an authority into nua.toml, as [[certificates.authority]], and restart the server."));

    public static GatewayException NotDue(string name, DateTime end, DateTimeOffset renewal) => new(
        GatewayException.Conflict,
        new(
            "gateway.not-due",
            $"The certificate of '{name}' is good until {end:yyyy-MM-dd} and renewed by itself on {renewal:yyyy-MM-dd}.",
            $"Replace it all the same with 'nua cert renew {name} --force'; authorities count how often you do."));

    public static GatewayException NotObtained(string name, string reason) => new(
        GatewayException.Unavailable,
        new(
            "gateway.not-obtained",
            $"No authority gave '{name}' a certificate: {reason}",
            "Mend what it says; the gateway tries again by itself, and you can with 'nua cert renew'."));

    public static GatewayException NothingToRevoke(string name) => new(
        GatewayException.NotFound,
        new("gateway.nothing-to-revoke", $"No authority has given '{name}' a certificate.", "See the names with 'nua cert list'."));

    public static GatewayException NotRevoked(string name, string reason) => new(
        GatewayException.Unavailable,
        new(
            "gateway.not-revoked",
            $"The certificate of '{name}' was replaced, and its authority has not revoked the old one: {reason}",
            "Leave it to the gateway, which tries again every hour; its log tells when it is done."));

    public static GatewayException NoSuchAuthority(string? authority) => new(
        GatewayException.NotFound,
        new(
            "gateway.no-such-authority",
            authority is null ? "There is no authority to have an account with." : $"There is no authority '{authority}'.",
            "Name one as nua.toml does, in [[certificates.authority]]."));

    public static GatewayException NotRolledOver(string authority, string reason) => new(
        GatewayException.Unavailable,
        new(
            "gateway.not-rolled-over",
            $"The account with '{authority}' may have its old key still: {reason}",
            "Run 'nua cert rollover' again; which of both keys it has is found out by then."));

    public static GatewayException NotImported(string name) => new(
        GatewayException.NotFound,
        new("gateway.not-imported", $"There is no certificate of yours for '{name}'.", "See those you brought with 'nua cert list'."));

    public static GatewayException ImportUnreadable(string complaint) => new(
        GatewayException.Invalid,
        new("gateway.import-unreadable", complaint, $"Write both as PEM, the key without a passphrase: {ImportAgain}."));

    public static GatewayException ImportForeignKey(string subject) => new(
        GatewayException.Invalid,
        new(
            "gateway.import-foreign-key",
            $"The key is not that of '{subject}', nor of any certificate in the file.",
            $"Name the files that belong together: {ImportAgain}."));

    public static GatewayException ImportOutOfOrder(string complaint) => new(
        GatewayException.Invalid,
        new("gateway.import-out-of-order", complaint, "Put the server's certificate first, then the one that vouches for it, then the one that vouches for that."));

    public static GatewayException ImportWithoutNames(string subject) => new(
        GatewayException.Invalid,
        new(
            "gateway.import-without-names",
            $"'{subject}' has no DNS name that visitors can ask for.",
            "Have a certificate made with subject alternative names in lower case: browsers read nothing else."));

    public static GatewayException ImportNotForServers(string subject) => new(
        GatewayException.Invalid,
        new(
            "gateway.import-not-for-servers",
            $"'{subject}' may not be used by a server.",
            "Have a certificate made for the use 'TLS server authentication'."));

    public static GatewayException ImportNotGoodNow(DateTime from, DateTime until) => new(
        GatewayException.Invalid,
        new(
            "gateway.import-not-good-now",
            $"The certificate is good from {from:yyyy-MM-dd} until {until:yyyy-MM-dd}.",
            "Import one that is good today, or set this machine's clock."));
}
