using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nua.Core.Starting;

/// <summary>
/// What the agent of an image starts, decided when the image was built and kept in it at <see cref="ImagePath"/>.
/// </summary>
/// <param name="User">Who runs the commands: a name from the image's <c>/etc/passwd</c>.</param>
/// <param name="WorkingDirectory">Where they run.</param>
/// <param name="Before">Shell lines run first, at every start.</param>
/// <param name="Start">Shell lines run in order after them; the last is the server.</param>
/// <param name="Prepare">Shell lines run as root before all others, at every start.</param>
/// <param name="StartsAsRoot">The lines of <paramref name="Start"/> run as root and change users themselves.</param>
public sealed record StartFile(
    string User = StartFile.DefaultUser,
    string WorkingDirectory = StartFile.DefaultFolder,
    IReadOnlyList<string>? Before = null,
    IReadOnlyList<string>? Start = null,
    IReadOnlyList<string>? Prepare = null,
    bool StartsAsRoot = false)
{
    /// <summary>Where an image keeps it.</summary>
    public const string ImagePath = "/nua/metadata/start.json";

    /// <summary>
    /// Where the agent itself is in an image: on the search path, and out of reach of the app, which may change what is its own below <c>/nua</c>.
    /// </summary>
    public const string Agent = "/usr/local/bin/nua-agent";

    public const string DefaultUser = "nua";

    /// <summary>Where the source of the app stands in an image.</summary>
    public const string DefaultFolder = "/nua/build";

    /// <summary>Where what was compiled of it stands.</summary>
    public const string ProgramFolder = "/nua/app";

    public IReadOnlyList<string> Before { get; init; } = Before ?? [];

    public IReadOnlyList<string> Start { get; init; } = Start ?? [];

    public IReadOnlyList<string> Prepare { get; init; } = Prepare ?? [];

    /// <summary>Throws <see cref="JsonException"/> when the text is not what <see cref="ToJson"/> writes.</summary>
    public static StartFile Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, StartFileJson.Default.StartFile) ?? throw new JsonException("null");

    public string ToJson() => JsonSerializer.Serialize(this, StartFileJson.Default.StartFile) + "\n";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(StartFile))]
internal sealed partial class StartFileJson : JsonSerializerContext;
