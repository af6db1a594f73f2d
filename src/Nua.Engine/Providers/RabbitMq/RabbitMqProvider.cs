using Nua.Core;
using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.RabbitMq;

/// <summary>RabbitMQ, with a user of the instance's own.</summary>
/// <param name="versions">The versions that can be supplied, the preferred one first.</param>
public sealed class RabbitMqProvider(params IReadOnlyList<string> versions) : IRotatesCredentials, IMeasured
{
    private static readonly string[] ToAsk = ["RABBITMQ_DEFAULT_USER", "RABBITMQ_DEFAULT_PASS", "RABBITMQ_DEFAULT_VHOST"];

    /// <inheritdoc />
    public string Name => "rabbitmq";

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => versions;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["RABBITMQ_PORT"] = new Setting.Literal("5672"),
        ["RABBITMQ_DEFAULT_USER"] = new Setting.UniqueUser(),
        ["RABBITMQ_DEFAULT_PASS"] = new Setting.RandomText(24),
        ["RABBITMQ_DEFAULT_VHOST"] = new Setting.Literal("/"),
    };

    /// <inheritdoc />
    public IReadOnlyList<Volume> Volumes { get; } = [new Volume { Name = "rabbitmq-data", Target = RabbitMqImage.DataFolder }];

    /// <inheritdoc />
    public ImageRecipe Image(string version) => RabbitMqImage.For(version);

    // Its own tools take seconds of the processor for each question.
    /// <inheritdoc />
    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => new(RabbitMqImage.Ready)
    {
        Secrets = ToAsk.ToDictionary(name => name, name => new Secret(env[name])),
    };

    /// <inheritdoc />
    public IReadOnlyList<string> Credentials { get; } = ["RABBITMQ_DEFAULT_PASS"];

    /// <inheritdoc />
    public bool TakesBoth => false;

    // As the account that the server runs as, which needs no password; the new one is read from its input.
    /// <inheritdoc />
    public ExecCommand Accept(CredentialChange change) => new(
        "/bin/sh",
        "-c",
        "printf '%s\\n' \"$NUA_AFTER\" | HOME=/var/lib/rabbitmq rabbitmqctl --quiet --node rabbit@localhost change_password \"$1\"",
        "sh",
        change.After["RABBITMQ_DEFAULT_USER"])
    {
        User = "rabbitmq",
        Secrets = new Dictionary<string, Secret> { ["NUA_AFTER"] = new(change.After["RABBITMQ_DEFAULT_PASS"]) },
    };

    /// <inheritdoc />
    public ExecCommand Retire(CredentialChange change) => Accept(change);

    /// <inheritdoc />
    public ExecCommand Measure(IReadOnlyDictionary<string, string> env) => RabbitMqMetrics.Ask();

    /// <inheritdoc />
    public IReadOnlyList<Metric> Read(string answer) => RabbitMqMetrics.Read(answer);
}
