using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Core.Quantities;

namespace Nua.Core.Packages;

/// <summary>Everything that can be wrong with what a package says. Paths are written as in TOML: <c>provider[0].env.PORT</c>.</summary>
internal static class PackageProblems
{
    public static Problem NotFound(string where) => new(
        ProblemKind.NotFound,
        "package.not-found",
        $"There is no nua-config file in {where}, in its nua folder or in nua/metadata.",
        "Run 'nua init' there to write one, or name the folder of the package.");

    public static Problem NoSuchFile(string path) => new(
        ProblemKind.NotFound,
        "package.no-such-file",
        $"{path} does not exist.",
        "Name a folder that holds a nua-config file, or the file itself.");

    public static Problem Unreachable(string path, string reason) => new(
        ProblemKind.Invalid,
        "package.unreachable",
        $"{path} cannot be read: {reason.TrimEnd('.')}.",
        "Check that the file is a readable text.");

    public static Problem Refused(IReadOnlyList<Finding> findings) => new(
        ProblemKind.Invalid,
        "package.invalid",
        $"{findings.Select(finding => finding.File).FirstOrDefault()} has {Count(findings, "error")}.",
        "Mend each place named below, then run 'nua validate'.",
        [.. findings.Select(finding => finding.ToString())]);

    public static Problem MissingKey(string section, string key) => Invalid(
        "package.missing-key",
        section.Length == 0 ? $"There is no [{key}] section." : $"'{section}.{key}' is missing or empty.",
        section.Length == 0 ? $"Add a [{key}] section." : $"Add '{key} = …' to {Header(section)}.");

    public static Problem UnknownKey(string path, string? nearest) => Invalid(
        "package.unknown-key",
        $"Nothing reads '{path}'.",
        nearest is null ? "Remove it, or look for the right key with 'nua config schema'." : $"Did you mean '{nearest}'?");

    public static Problem TwoSpellings(string path) => Invalid(
        "package.two-spellings",
        $"'{path}' is given twice, with dashes and with underscores.",
        "Keep the one with dashes, which is the one that counts.");

    public static Problem SaidTwice(string path, string other) => Invalid(
        "package.two-spellings",
        $"'{path}' does not count, because '{other}' says the same and is given as well.",
        $"Keep '{other}' alone.");

    public static Problem OldSpelling(string old, string now) => Invalid(
        "package.old-spelling",
        $"{old} is an old spelling.",
        $"Write {now} instead.");

    public static Problem OldAndNew(string old, string now) => Invalid(
        "package.old-and-new",
        $"'{old}' does not count, because '{now}' is given as well.",
        $"Remove '{old}'.");

    public static Problem WrongKind(string path, string found, string wanted) => Invalid(
        "package.wrong-kind",
        $"'{path}' is {found} where {wanted} is wanted.",
        InsteadOf(path, found, wanted));

    public static Problem NotOneOf(string path, string found, IEnumerable<string> words, string? nearest) => Invalid(
        "package.not-one-of",
        $"'{path}' cannot be \"{found}\".",
        nearest is null ? $"Write one of {string.Join(", ", words)}." : $"Did you mean \"{nearest}\"? It can be {string.Join(", ", words)}.");

    public static Problem OutOfRange(string path, long found, int least, int most) => Invalid(
        "package.out-of-range",
        $"'{path}' cannot be {found}.",
        most == int.MaxValue ? $"Write a whole number, at least {least}." : $"Write a whole number from {least} to {most}.");

    public static Problem BadDuration(string path, string found, TimeSpan least) => Invalid(
        "package.bad-duration",
        $"'{path}' cannot be \"{found}\".",
        least == TimeSpan.Zero
            ? "Write a length of time such as \"30s\", \"10 min\", \"6h\", \"7d\", or a number of seconds."
            : $"Write a length of time of at least {Duration.Format(least)}, such as \"30s\", \"10 min\", \"6h\", or a number of seconds.");

    public static Problem NumberLosesDigits(string path, string written, string read) => Invalid(
        "package.number-loses-digits",
        $"'{path}' is written {written}, but as a number that is {read}.",
        $"Put it in quotes to keep it: \"{written}\".");

    public static Problem ReadAsWhole(string path, string found, long read) => Invalid(
        "package.read-as-whole",
        $"'{path}' is {found} and is read as {read}.",
        $"Write {read} if that is what you mean.");

    public static Problem HoldsNul(string path) => Invalid(
        "package.holds-nul",
        $"'{path}' holds a NUL character, which no program can be given.",
        "Remove the \\u0000.");

    public static Problem BadChecksum(string path) => Invalid(
        "package.bad-checksum",
        $"'{path}' is not a SHA-256 checksum.",
        "Write the 64 hexadecimal digits that 'sha256sum' prints for the archive.");

    public static Problem BadImageReference(string reference) => Invalid(
        "package.bad-image-reference",
        $"No engine takes '{reference}' as the name of an image.",
        "Use lowercase letters, digits, dots and dashes in 'id' and 'version', starting with a letter or a digit.");

    public static Problem LongId(int length) => Invalid(
        "package.long-id",
        $"'metadata.id' has {length} characters.",
        "Use at most 80; it becomes part of image and container names.");

    public static Problem PortGoesNowhere(string path) => Invalid(
        "package.port-goes-nowhere",
        $"'{path}' is published nowhere.",
        "Add 'proxy = …' (a port of the gateway) or 'host = …' (a port of the server); only [port.web] needs neither.");

    public static Problem BadName(string path, string name) => Invalid(
        "package.bad-name",
        $"'{path}' cannot be \"{name}\".",
        "Use letters, digits, dots, dashes and underscores, starting with a letter or a digit.");

    public static Problem NoPartOfARule(string path, string kind) => Invalid(
        "package.wrong-kind",
        $"'{path}' is {kind}, which says nothing of where a value comes from.",
        "Write a text, a number or true; a value that is itself a table or a list goes into a text, as JSON.");

    public static Problem DecimalMode(string path, string written, string octal) => Invalid(
        "package.decimal-mode",
        $"'{path}' is the decimal number {written}, which is the mode {octal}.",
        $"Write 0o{written} or \"{written}\" if the mode is {written}; write \"{octal}\" if it is not.");

    public static Problem UnknownFrequency(string path, string written) => Invalid(
        "package.unknown-frequency",
        $"'{path}' is \"{written}\", which says no length of time; the server's policy decides how often.",
        "Write a length of time such as \"6h\", \"daily\" or \"7d\".");

    public static Problem BadVersionRange(string path, string found) => Invalid(
        "package.bad-version-range",
        $"'{path}' is \"{found}\", which is no range of versions.",
        "Write one such as \">=15, <17\" or \"==16.*\".");

    public static Problem UnknownModule(string path, string found, IReadOnlyCollection<string> known, string? nearest) => Invalid(
        "package.unknown-module",
        $"'{path}' is \"{found}\", which is none of the modules that come with Nua.",
        nearest is null ? $"They are {string.Join(", ", known)}." : $"Did you mean \"{nearest}\"?");

    public static Problem ProviderOfNothing(string path) => Invalid(
        "package.provider-of-nothing",
        $"'{path}' does not say what it is.",
        "Add 'module-name = …', 'base-image = …' in its 'build', or 'type = \"app\"'.");

    public static Problem ModuleAndApp(string path, string module) => Invalid(
        "package.module-and-app",
        $"'{path}' is an application by its type and '{module}' by its module-name; the module counts.",
        "Remove one of the two.");

    public static Problem ProvidersInACircle(string path, IEnumerable<string> circle) => Invalid(
        "package.providers-in-a-circle",
        $"'{path}' takes a value from one that waits for it: {string.Join(" needs ", circle)}.",
        "Give one of them the value as a text.");

    public static Problem NothingToWrap() => Invalid(
        "package.nothing-to-wrap",
        "'build.method' is \"wrap\", but no image is named.",
        "Add 'base-image = …' to [build].");

    public static Problem BadVariable(string path) => Invalid(
        "package.bad-variable",
        $"'{path}' cannot name an environment variable.",
        "Use a name without '=' and spaces, such as MY_VARIABLE.");

    public static Problem NotAbsolute(string path, string found) => Invalid(
        "package.not-absolute",
        $"'{path}' is \"{found}\", which is not an absolute path.",
        $"Write a path that starts with a slash: \"/{found.TrimStart('.', '/')}\".");

    public static Problem VolumeWithoutName(string path) => Invalid(
        "package.volume-without-name",
        $"'{path}' has no name.",
        "Add 'name = …', or 'type = \"tmpfs\"' when nothing in it needs to be kept.");

    public static Problem UsedTwice(string path, string name) => Invalid(
        "package.used-twice",
        $"'{path}' is \"{name}\", as another one before it.",
        "Give each its own.");

    public static Problem UnknownSource(string path, string name, IReadOnlyCollection<string> known) => Invalid(
        "package.unknown-source",
        $"'{path}' takes its value from \"{name}\", but no provider or volume is called that.",
        known.Count == 0 ? "Add a [[provider]] of that name." : $"Write one of {string.Join(", ", known)}, or add a [[provider]].");

    public static Problem NoRuleForValue(string path) => Invalid(
        "package.no-rule-for-value",
        $"'{path}' is a table that does not say where its value comes from.",
        "Write one of key, random, unique_db, unique_user, external_ip, nua_internal.");

    public static Problem ShortRandom(string path, int length) => Invalid(
        "package.short-random",
        $"'{path}' is a random text of {length} characters, which can be guessed.",
        "Let it have at least 8; 24 is the default.");

    public static Problem NoVariable(string path, string kind) => Invalid(
        "package.no-variable",
        $"'{path}' is {kind}, which cannot be the value of a variable.",
        "Put it in quotes.");

    public static Problem UnknownPlaceholder(string path, string name, string? nearest) => Invalid(
        "package.unknown-placeholder",
        $"'{path}' holds '{{{name}}}', but neither [metadata] nor [build] gives a text of that name; it stays as it is.",
        nearest is null ? $"Write '{{{{{name}}}}}' if the braces are meant." : $"Did you mean '{{{nearest}}}'?");

    public static Problem PlaceholderWithFormat(string path, string placeholder, string name) => Invalid(
        "package.placeholder-with-format",
        $"'{path}' holds '{{{placeholder}}}', a format of Python's; it stays as it is.",
        $"Write '{{{name}}}', which is the text as it is.");

    public static Problem IgnoredForEngine(string path) => Invalid(
        "package.ignored-for-engine",
        $"'{path}' is ignored: an instance gets its variables from [env].",
        "Move it to [env].");

    public static Problem UnknownBackupMethod(string path, string method, IReadOnlyCollection<string> known, string? nearest) => Invalid(
        "package.unknown-backup-method",
        $"'{path}' is \"{method}\", which is not a method Nua knows; it will choose one by the type of data.",
        nearest is null ? $"Write one of {string.Join(", ", known)}, or leave it out." : $"Did you mean \"{nearest}\"?");

    public static Problem NeverRuns(string path) => Invalid(
        "package.never-runs",
        $"'{path}' is empty, so the step would never run.",
        "Name deploy, rehearsal, drill or monitor, or leave 'when' out for all of them.");

    public static Problem NotOfACommand(string path) => Invalid(
        "package.tests-both",
        $"'{path}' is about a page, but this step runs a command.",
        "Make two steps of it: a [[test]] each.");

    public static Problem NothingToTest(string path) => Invalid(
        "package.nothing-to-test",
        $"'{path}' neither asks for a page nor runs a command.",
        "Add 'url = \"/\"' or 'command = \"…\"'.");

    public static Problem BadCronName(string path, string found) => Invalid(
        "package.bad-cron-name",
        $"'{path}' is \"{found}\"; a job's name is lower-case letters, digits and hyphens, begins with a letter and has at most 40 signs.",
        "Write something like \"nightly-digest\".");

    public static Problem BadSchedule(string path, string found, string why) => Invalid(
        "package.bad-schedule",
        $"'{path}' is \"{found}\", which is no schedule: {why}.",
        "Write minute, hour, day of the month, month and day of the week, such as \"30 3 * * *\"; or \"@hourly\", \"@daily\", \"@weekly\".");

    public static Problem UnknownTimeZone(string path, string found) => Invalid(
        "package.unknown-time-zone",
        $"'{path}' is \"{found}\", which is no time zone this machine knows.",
        "Write a name such as \"Europe/Paris\", or leave it out for UTC; 'apt install tzdata' brings the names.");

    public static Problem BadUrl(string path, string found) => Invalid(
        "package.bad-url",
        $"'{path}' is \"{found}\", which is neither a path nor an http address.",
        "Write a path that starts with a slash, such as \"/login\".");

    public static Problem OtherHost(string path, string host) => Invalid(
        "package.other-host",
        $"'{path}' names the host {host}; a test asks the instance's own domain, so only the path counts.",
        "Write the path alone.");

    public static string Count(IReadOnlyList<Finding> findings, string noun)
    {
        var errors = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        return errors == 1 ? $"1 {noun}" : $"{errors} {noun}s";
    }

    /// <summary>What would be right in this place, in the words of TOML.</summary>
    private static string InsteadOf(string path, string found, string wanted) => (wanted, found) switch
    {
        ("a text", "a number" or "true or false" or "a date") => "Put it in quotes.",
        ("a text", "a list") => "Write one text in quotes, without brackets.",
        ("a text", _) => "Write one text in quotes.",
        ("a list", "a table") => $"Write [[{NameOf(path)}]], with two brackets, once for each.",
        ("a list", _) when path is "volume" or "provider" or "test" or "cron" or "site" => $"Write [[{path}]] and its keys below it, once for each.",
        ("a list", _) => "Put it in brackets: [\"…\"].",
        ("a table", _) when path.Split('.') is ["port", ..] => "Write [port.web] and 'container = …' below it.",
        ("a table", "a list") => $"Write [{NameOf(path)}] once, with one bracket.",
        ("a table", _) => $"Write [{NameOf(path)}] and its keys below it.",
        _ => $"Write {wanted}.",
    };

    /// <summary><c>provider[0].volume</c> is <c>provider.volume</c> in the header of a table.</summary>
    private static string NameOf(string path) =>
        string.Concat(path.Split('[').Select((part, index) => index == 0 ? part : part[(part.IndexOf(']') + 1)..]));

    private static string Header(string section) => section.Contains('[') ? section : $"[{section}]";

    private static Problem Invalid(string code, string message, string hint) => new(ProblemKind.Invalid, code, Excerpt.Of(message), Excerpt.Of(hint));
}
