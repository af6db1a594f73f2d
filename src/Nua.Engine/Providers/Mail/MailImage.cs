using Nua.Engine.Images;

namespace Nua.Engine.Providers.Mail;

/// <summary>A mail server for development as an image: it keeps what it is given and sends nothing on.</summary>
public static class MailImage
{
    /// <summary>Where mail is kept; a volume belongs here.</summary>
    public const string DataFolder = "/var/lib/nua-mail";

    /// <summary>The server, and with <c>check</c> the question whether it serves.</summary>
    public const string Program = "/usr/local/bin/nua-mail";

    private const string Start = "/usr/local/bin/nua-mail-start";

    /// <summary>What there is: the program is Nua's own.</summary>
    public static ServerVersions Versions { get; } = new(new Dictionary<string, string>
    {
        ["bookworm"] = "1",
        ["trixie"] = "1",
        ["noble"] = "1",
    });

    /// <param name="version">Always <c>1</c>.</param>
    public static ImageRecipe For(string version) => new()
    {
        Name = "mail-catcher",
        Version = version,
        Suites = Versions.SuitesOf(version),
        Packages = ["passwd", "python3-aiosmtpd"],
        Files = new Dictionary<string, string>
        {
            [ServerFiles.Shared] = ServerFiles.SharedText,
            [Start] = ServerFiles.Read("nua-mail-start.sh"),
            [Program] = ServerFiles.Read("nua-mail.py"),
            // What its manual is shown with.
            ["/etc/dpkg/dpkg.cfg.d/nua-mail"] = "path-exclude=/usr/share/javascript/*\npath-exclude=/usr/share/sphinx_rtd_theme_common/*\npath-exclude=/usr/share/fonts/*\n",
        },
        SetUp =
        [
            "groupadd --system --gid 999 nua-mail"
            + $" && useradd --system --uid 999 --gid 999 --home-dir {DataFolder} --shell /usr/sbin/nologin nua-mail"
            + $" && install -d -o nua-mail -g nua-mail -m 700 {DataFolder}",
        ],
        Command = [Start],
    };
}
