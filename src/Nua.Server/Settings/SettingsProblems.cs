using Nua.Core.Packages;
using Nua.Core.Problems;

namespace Nua.Server.Settings;

/// <summary>The words of the room.</summary>
internal static class SettingsProblems
{
    public static Problem Invalid(string file, IReadOnlyList<Finding> findings) => new(
        ProblemKind.Invalid,
        "settings.invalid",
        $"{file} cannot be used.",
        "Mend each place named below, then start the server again.",
        [.. findings.Select(finding => finding.ToString())]);

    public static Problem BadName(string name) => new(
        ProblemKind.Invalid,
        "settings.bad-name",
        $"'{name}' cannot name a server.",
        "Use at most 30 lowercase letters, digits and hyphens, starting with a letter.");

    public static Problem BadAddress(string path, string address) => new(
        ProblemKind.Invalid,
        "settings.bad-address",
        $"'{path}' has \"{address}\", which is no ADDRESS:PORT.",
        "Write it as \"0.0.0.0:8443\", or \"[::]:443\" for every address.");

    public static Problem HalfCertificate(string certificate, string key) => new(
        ProblemKind.Invalid,
        "settings.half-certificate",
        $"One of '{certificate}' and '{key}' is missing.",
        "Name both files, or neither: then the server makes a certificate itself.");

    public static Problem BadSize(string path, string size) => new(
        ProblemKind.Invalid,
        "settings.bad-size",
        $"'{path}' is \"{size}\", which is no size.",
        "Write it as \"500MB\" or \"2GB\".");

    public static Problem BadMoment(string path, string moment) => new(
        ProblemKind.Invalid,
        "settings.bad-moment",
        $"'{path}' is \"{moment}\", which is no moment.",
        "Write it as \"2026-01-02\" or \"2026-01-02T03:04:05Z\".");

    public static Problem BadMirror(string path) => new(
        ProblemKind.Invalid,
        "settings.bad-mirror",
        $"'{path}' is no URL of a server.",
        "Write it as \"https://packages.example.org/\", or \"https://user:password@packages.example.org/\".");

    public static Problem NoFolder(string path, string folder) => new(
        ProblemKind.Invalid,
        "settings.no-folder",
        $"'{path}' is \"{folder}\", which is no folder of this machine.",
        "Make the folder, with a folder in it for each tool: apt, pip, npm …");

    public static Problem TermsNotAgreed(string authority) => new(
        ProblemKind.Invalid,
        "settings.terms-not-agreed",
        $"Nobody agreed to the terms of service of '{authority}'.",
        "Read them where the authority publishes them, and write 'agree-to-terms = true'.");

    public static Problem BadAuthority(string name, string? directory, IEnumerable<string> known) => new(
        ProblemKind.Invalid,
        "settings.bad-authority",
        directory is null
            ? $"'{name}' is no authority that Nua knows the directory of."
            : $"'{name}' at '{directory}' cannot be an authority.",
        $"Name it in lowercase letters, digits and hyphens, with 'directory = \"https://…\"'; or one of: {string.Join(", ", known)}.");

    public static Problem AuthorityTwice(string name) => new(
        ProblemKind.Invalid,
        "settings.authority-twice",
        $"'{name}' is listed twice.",
        "Give each authority a name of its own.");

    public static Problem NoCertificates(string path) => new(
        ProblemKind.Invalid,
        "settings.no-certificates",
        $"The file that '{path}' names holds no certificate.",
        "Name a PEM file with the certificates that vouch for the authority's own address.");

    public static Problem HalfAccount(string id, string key) => new(
        ProblemKind.Invalid,
        "settings.half-account",
        $"One of '{id}' and '{key}' is missing.",
        "Write both as the authority gave them to you, or neither.");

    public static Problem BadAccountKey(string path) => new(
        ProblemKind.Invalid,
        "settings.bad-account-key",
        $"The file that '{path}' names holds something else than a key.",
        "Put nothing in it but the key (base64url), as the authority shows it.");

    public static Problem NotLike(string path, string value, string example) => new(
        ProblemKind.Invalid,
        "settings.not-like",
        $"'{path}' has \"{value}\", which is not what belongs there.",
        $"Write it like this: {example}.");

    public static Problem OneWayForDns(string server, string program) => new(
        ProblemKind.Invalid,
        "settings.one-way-for-dns",
        $"One of '{server}' and '{program}' has to be there, and not both.",
        "Write 'server' and 'key-file' for dynamic updates, or 'program' for one of your own.");

    public static Problem HalfUpdate(string server, string key) => new(
        ProblemKind.Invalid,
        "settings.half-update",
        $"One of '{server}' and '{key}' is missing.",
        "Write both: no server takes updates from everybody.");

    public static Problem BadDnsKey(string path) => new(
        ProblemKind.Invalid,
        "settings.bad-dns-key",
        $"The file that '{path}' names holds no TSIG key.",
        "Make one with 'tsig-keygen', and give the same to the server.");

    public static Problem BadEnvironmentFile(string path) => new(
        ProblemKind.Invalid,
        "settings.bad-environment-file",
        $"The file that '{path}' names has a line that is no NAME=value.",
        "Write one variable a line, without quotes and without 'export'.");

    public static Problem FileUnreadable(string path, string reason) => new(
        ProblemKind.Invalid,
        "settings.file-unreadable",
        $"The file that '{path}' names cannot be read: {reason}",
        "Correct the path, or let the server's user read the file.");

    public static Problem UnknownSource(string path, string source, IEnumerable<string> known) => new(
        ProblemKind.Invalid,
        "settings.unknown-source",
        $"'{path}' has \"{source}\", which is no image source.",
        $"Use one of: {string.Join(", ", known)}.");
}
