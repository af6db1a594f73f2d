using System.Globalization;
using System.Text.Json;
using Docker.DotNet.Models;
using Nua.Core.Problems;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>
/// The options of a <c>[docker]</c> section that Nua passes on, under their docker-py names. What would give a container
/// the machine (devices, host namespaces, strong capabilities) is refused.
/// </summary>
internal static class EngineOptions
{
    /// <summary>Nua decides these itself; packages written for other tools carry them, and they change nothing.</summary>
    private static readonly HashSet<string> Settled = ["auto_remove", "remove", "detach", "restart_policy"];

    /// <summary>Docker's own defaults, and those that act within the container's own namespaces.</summary>
    private static readonly HashSet<string> Capabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW",
        "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT", "IPC_LOCK", "NET_ADMIN", "SYS_NICE", "SYS_PTRACE",
    ];

    private static readonly SortedDictionary<string, Action<CreateContainerParameters, JsonElement>> Known = new(StringComparer.Ordinal)
    {
        ["cap_add"] = (request, value) => request.HostConfig!.CapAdd = [.. Texts(value).Select(Allowed)],
        ["cap_drop"] = (request, value) => request.HostConfig!.CapDrop = Texts(value),
        ["cpu_shares"] = (request, value) => request.HostConfig!.CPUShares = value.GetInt64(),
        ["cpus"] = (request, value) => request.HostConfig!.NanoCPUs = (long)(Number(value) * 1e9),
        ["cpuset_cpus"] = (request, value) => request.HostConfig!.CpusetCpus = Text(value),
        ["dns"] = (request, value) => request.HostConfig!.DNS = Texts(value),
        ["extra_hosts"] = (request, value) => request.HostConfig!.ExtraHosts = Pairs(value, ':'),
        ["group_add"] = (request, value) => request.HostConfig!.GroupAdd = Texts(value),
        ["hostname"] = (request, value) => request.Hostname = Text(value),
        ["init"] = (request, value) => request.HostConfig!.Init = value.GetBoolean(),
        ["mem_limit"] = (request, value) => request.HostConfig!.Memory = ByteSize.Parse(value),
        ["mem_reservation"] = (request, value) => request.HostConfig!.MemoryReservation = ByteSize.Parse(value),
        ["memswap_limit"] = (request, value) => request.HostConfig!.MemorySwap = ByteSize.Parse(value),
        ["nano_cpus"] = (request, value) => request.HostConfig!.NanoCPUs = value.GetInt64(),
        ["pids_limit"] = (request, value) => request.HostConfig!.PidsLimit = value.GetInt64(),
        ["read_only"] = (request, value) => request.HostConfig!.ReadonlyRootfs = value.GetBoolean(),
        ["shm_size"] = (request, value) => request.HostConfig!.ShmSize = ByteSize.Parse(value),
        ["stop_signal"] = (request, value) => request.StopSignal = Text(value),
        ["tmpfs"] = (request, value) => request.HostConfig!.Tmpfs = value.EnumerateObject().ToDictionary(at => at.Name, at => Text(at.Value)),
        ["user"] = (request, value) => request.User = Text(value),
        ["working_dir"] = (request, value) => request.WorkingDir = Text(value),
    };

    /// <exception cref="NuaException"><c>runtime.option-refused</c></exception>
    public static void Apply(IReadOnlyDictionary<string, string> options, CreateContainerParameters request)
    {
        foreach (var (name, json) in options.Where(option => !Settled.Contains(option.Key)))
        {
            if (!Known.TryGetValue(name, out var apply))
            {
                throw Refusal(name, "is not one that Nua passes on");
            }

            try
            {
                using var value = JsonDocument.Parse(json);
                apply(request, value.RootElement);
            }
            catch (Exception mismatch) when (mismatch is JsonException or FormatException or InvalidOperationException)
            {
                throw Refusal(name, $"cannot be {json}");
            }
        }
    }

    private static string Allowed(string capability)
    {
        var name = capability.StartsWith("CAP_", StringComparison.OrdinalIgnoreCase) ? capability[4..] : capability;
        return Capabilities.Contains(name.ToUpperInvariant())
            ? name.ToUpperInvariant()
            : throw Refusal("cap_add", $"may not give a workload the capability {name}: it reaches beyond the container");
    }

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static double Number(JsonElement value) =>
        double.Parse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static List<string> Texts(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)];

    private static List<string> Pairs(JsonElement value, char separator) =>
        value.ValueKind is JsonValueKind.Object
            ? [.. value.EnumerateObject().Select(pair => $"{pair.Name}{separator}{Text(pair.Value)}")]
            : Texts(value);

    private static NuaException Refusal(string option, string reason) =>
        new(RuntimeProblems.OptionRefused(option, reason, Known.Keys));
}
