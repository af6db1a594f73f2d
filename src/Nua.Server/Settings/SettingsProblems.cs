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

    public static Problem UnknownSource(string path, string source, IEnumerable<string> known) => new(
        ProblemKind.Invalid,
        "settings.unknown-source",
        $"'{path}' has \"{source}\", which is no image source.",
        $"Use one of: {string.Join(", ", known)}.");
}
