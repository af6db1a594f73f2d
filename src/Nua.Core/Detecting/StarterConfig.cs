using System.Text;

namespace Nua.Core.Detecting;

/// <summary>
/// Writes a first nua-config for a folder: what was recognised filled in, what may be wanted next in comments that only
/// need their <c>#</c> taken away.
/// </summary>
public static class StarterConfig
{
    private const int UsualPort = 8000;

    private const int StaticPort = 8080;

    /// <param name="folderName">The application is called after it.</param>
    /// <param name="author">Who packages it.</param>
    /// <param name="detections">What <see cref="Detector"/> found, best first.</param>
    /// <returns>A valid config, as TOML.</returns>
    public static string Write(string folderName, string author, IReadOnlyList<Detection> detections)
    {
        var best = detections.Count > 0 ? detections[0] : null;
        return string.Join('\n', [.. Metadata(folderName, author), .. Recognised(detections), .. Build(best), .. Run(best), .. Port(best), Next]);
    }

    private static string[] Metadata(string folderName, string author) =>
    [
        "# What this application is, how it is built and how it is run.",
        "# 'nua validate' checks this file, 'nua config show' says what Nua understood, 'nua deploy .' runs it.",
        "",
        "[metadata]",
        $"id = {Quote(IdOf(folderName))}",
        "version = \"0.1.0\"",
        $"title = {Quote(folderName.Trim().Length == 0 ? "My application" : folderName.Trim())}",
        $"author = {Quote(author.Trim().Length == 0 ? "unknown" : author.Trim())}",
        "# tagline = \"One line about it\"",
        "# website = \"https://example.org/\"",
        "",
    ];

    private static IEnumerable<string> Recognised(IReadOnlyList<Detection> detections)
    {
        if (detections.Count == 0)
        {
            yield return "# Nothing here was recognised. Say below how to build it and what starts it.";
        }

        foreach (var (detection, index) in detections.Select((detection, index) => (detection, index)))
        {
            yield return $"# {(index == 0 ? "Recognised" : "It could also be")}: {detection.Language}, as {OneLine(detection.Because)}.";
        }
    }

    private static string[] Build(Detection? best) => best switch
    {
        { Language: Languages.Dockerfile } => [],
        { Language: Languages.Static, DocumentRoot: var root } =>
        [
            "[build]",
            "# The folder that is served.",
            $"document-root = {Quote(root ?? ".")}",
            "",
        ],
        null =>
        [
            "[build]",
            "# packages = [\"build-essential\"]",
            "# build = [\"make\"]",
            "",
        ],
        _ =>
        [
            "[build]",
            "# Distribution packages needed to build, and shell commands that build, if the usual does not do.",
            "# packages = [\"build-essential\"]",
            "# build = [\"make\"]",
            "# A shell command that must succeed in the finished image.",
            "# test = \"true\"",
            "",
        ],
    };

    private static string[] Run(Detection? best) => best switch
    {
        { Language: Languages.Dockerfile or Languages.Static } or { Language: Languages.Php, DocumentRoot: not null } => [],
        { SuggestedStart: { } start } =>
        [
            "[run]",
            "# The server. It must listen on all addresses (0.0.0.0), on the port named below.",
            $"start = {Quote(start)}",
            "# packages = [\"libpq5\"]",
            "",
        ],
        _ =>
        [
            "[run]",
            "# The command that starts the server. It must listen on all addresses (0.0.0.0), on the port named below.",
            "# start = \"./server\"",
            "",
        ],
    };

    private static string[] Port(Detection? best)
    {
        var port = best?.SuggestedPort ?? (best?.Language == Languages.Static ? StaticPort : UsualPort);
        string[] table = ["[port.web]", $"container = {port}", ""];
        return best is { SuggestedPort: null, Language: not Languages.Static }
            ? ["[env]", "# Many servers listen where PORT says.", $"PORT = \"{port}\"", "", .. table]
            : table;
    }

    private const string Next =
        """
        # How Nua tells that it works: pages that must answer, before a deployment counts.
        [[test]]
        name = "the front page answers"
        url = "/"
        # expect-text = "Welcome"

        # Files that must outlive the container.
        # [[volume]]
        # name = "uploads"
        # target = "/nua/app/uploads"

        # A database, and the variables that lead to it.
        # [[provider]]
        # name = "database"
        # module-name = "postgres"
        # module-version = ">=14"
        #
        # [env.DB_HOST]
        # from = "database"
        # key = "hostname"
        #
        # [env.DB_PASSWORD]
        # from = "database"
        # key = "POSTGRES_PASSWORD"

        """;

    /// <summary>Lower case, with a dash for everything an image's name cannot have.</summary>
    private static string IdOf(string folderName)
    {
        var id = new StringBuilder();
        foreach (var sign in folderName.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign))
            {
                id.Append(sign);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }
        }

        var bounded = id.ToString()[..Math.Min(id.Length, 60)].Trim('-');
        return bounded.Length == 0 ? "my-app" : bounded;
    }

    /// <summary>A comment ends where its line does, and files are called anything.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(sign => IsControl(sign) ? ' ' : sign));

    /// <summary>A TOML text. Half a character, which no file can hold, becomes the sign for what cannot be read.</summary>
    private static string Quote(string text) =>
        $"\"{string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp ? Escape((char)rune.Value) : rune.ToString()))}\"";

    private static string Escape(char sign) => sign switch
    {
        '"' or '\\' => $"\\{sign}",
        _ when IsControl(sign) => $"\\u{(int)sign:x4}",
        _ => sign.ToString(),
    };

    /// <summary>The signs of Unicode that end a line count too, as some programs end a comment there.</summary>
    private static bool IsControl(char sign) => char.IsControl(sign) || sign is '\u2028' or '\u2029';
}
