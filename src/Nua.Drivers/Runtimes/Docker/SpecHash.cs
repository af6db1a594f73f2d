using System.Security.Cryptography;
using System.Text;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>
/// What makes two specs the same container. The owner is not part of it (the operation that starts a workload again is
/// another one), and of secrets only the names are: a hash of a weak secret would give it away.
/// </summary>
internal static class SpecHash
{
    public static string Of(WorkloadSpec spec)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Parts(spec))
        {
            // The length keeps ["ab", "c"] apart from ["a", "bc"].
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static IEnumerable<string> Parts(WorkloadSpec spec) =>
    [
        "image", spec.Image,
        .. spec.IsIdle ? new[] { "idle" } : [],
        "command", .. spec.Command,
        "environment", .. Sorted(spec.Environment),
        "secrets", .. spec.Secrets.Keys.Order(StringComparer.Ordinal),
        "mounts", .. spec.Mounts.Select(mount => mount.ToString()),
        "network", spec.Network ?? "",
        "aliases", .. spec.Aliases,
        "publish", .. spec.Publish.Select(port => port.ToString()),
        "limits", spec.Limits.ToString(),
        "options", .. Sorted(spec.EngineOptions),
    ];

    private static IEnumerable<string> Sorted(IReadOnlyDictionary<string, string> values) =>
        values.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value });
}
