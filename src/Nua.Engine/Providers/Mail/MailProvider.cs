using Nua.Core;
using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Mail;

/// <summary>
/// A mail server for development: the app sends as it would in earnest, and the mail is kept and can be read instead of reaching
/// anybody.
/// </summary>
/// <param name="versions">The versions that can be supplied, the preferred one first.</param>
public sealed class MailProvider(params IReadOnlyList<string> versions) : IMeasured
{
    private static readonly string[] Credentials = ["MAIL_USER", "MAIL_PASSWORD"];

    /// <inheritdoc />
    public string Name => "mail-catcher";

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => versions;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["MAIL_PORT"] = new Setting.Literal("1025"),
        ["MAIL_WEB_PORT"] = new Setting.Literal("8025"),
        ["MAIL_USER"] = new Setting.UniqueUser(),
        ["MAIL_PASSWORD"] = new Setting.RandomText(24),
    };

    /// <inheritdoc />
    public IReadOnlyList<Volume> Volumes { get; } = [new Volume { Name = "mail-data", Target = MailImage.DataFolder }];

    /// <inheritdoc />
    public ImageRecipe Image(string version) => MailImage.For(version);

    /// <inheritdoc />
    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => new(MailImage.Program, "check")
    {
        Secrets = Credentials.ToDictionary(name => name, name => new Secret(env[name])),
    };

    /// <inheritdoc />
    public ExecCommand Measure(IReadOnlyDictionary<string, string> env) => MailMetrics.Ask();

    /// <inheritdoc />
    public IReadOnlyList<Metric> Read(string answer) => MailMetrics.Read(answer);
}
