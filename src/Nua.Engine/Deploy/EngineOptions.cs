using System.Globalization;
using System.Text.Json;
using Nua.Core.Quantities;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Deploy;

/// <summary>Reads a <c>[docker]</c> table: what every runtime understands becomes limits; the rest goes to the engine as it is.</summary>
internal static class EngineOptions
{
    /// <summary>Nua decides these itself, so a package's wish is without effect.</summary>
    private static readonly HashSet<string> Decided =
        ["auto_remove", "detach", "name", "restart_policy", "network", "mem_limit", "cpus", "nano_cpus", "pids_limit", "command"];

    public static IReadOnlyList<string> CommandOf(IReadOnlyDictionary<string, JsonElement> docker) =>
        docker.TryGetValue("command", out var command)
            ? command.ValueKind is JsonValueKind.Array
                ? [.. command.EnumerateArray().Select(word => word.ToString())]
                : ["/bin/sh", "-c", command.ToString()]
            : [];

    public static Limits LimitsOf(IReadOnlyDictionary<string, JsonElement> docker) => new(
        docker.TryGetValue("mem_limit", out var memory) ? ByteSize.TryParse(memory.ToString(), out var bytes) ? bytes : 0 : 0,
        NumberOf(docker, "cpus") ?? (NumberOf(docker, "nano_cpus") ?? 0) / 1e9,
        (long)(NumberOf(docker, "pids_limit") ?? 0));

    public static IReadOnlyDictionary<string, string> OthersOf(IReadOnlyDictionary<string, JsonElement> docker) =>
        docker.Where(option => !Decided.Contains(option.Key)).ToDictionary(option => option.Key, option => option.Value.GetRawText());

    private static double? NumberOf(IReadOnlyDictionary<string, JsonElement> docker, string key) =>
        docker.TryGetValue(key, out var value)
        && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
