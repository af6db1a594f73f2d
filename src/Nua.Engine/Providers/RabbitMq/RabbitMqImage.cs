using Nua.Engine.Images;

namespace Nua.Engine.Providers.RabbitMq;

/// <summary>
/// RabbitMQ as an image, made of packages wherever it is from: the public one names its data after the container, and would not
/// find it again in the next one.
/// </summary>
public static class RabbitMqImage
{
    /// <summary>Where queues and accounts lie; a volume belongs here.</summary>
    public const string DataFolder = "/var/lib/rabbitmq";

    private const string Start = "/usr/local/bin/nua-rabbitmq";

    /// <summary>The program that asks it whether it serves.</summary>
    public const string Ready = "/usr/local/bin/nua-rabbitmq-ready";

    /// <summary>What there is.</summary>
    public static ServerVersions Versions { get; } = new(new Dictionary<string, string>
    {
        ["bookworm"] = "3.10",
        ["trixie"] = "4.0",
        ["noble"] = "3.12",
    });

    /// <param name="version">Major and minor: <c>3.10</c>.</param>
    public static ImageRecipe For(string version) => new()
    {
        Name = "rabbitmq",
        Version = version,
        Suites = Versions.SuitesOf(version),
        Packages = ["rabbitmq-server"],
        Files = new Dictionary<string, string>
        {
            [ServerFiles.Shared] = ServerFiles.SharedText,
            [Start] = ServerFiles.Read("nua-rabbitmq.sh"),
            [Ready] = ServerFiles.Read("nua-rabbitmq-ready.pl"),
        },
        SetUp = [$"rm -rf {DataFolder} && install -d -o rabbitmq -g rabbitmq -m 700 {DataFolder}"],
        Command = [Start],
    };
}
