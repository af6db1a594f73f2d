using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Docker.DotNet;
using Nua.Core.Problems;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>Reads the engine's refusals. It knows most of them only by their wording.</summary>
internal static partial class EngineFaults
{
    public static bool IsNotFound(this NuaException failure) =>
        failure.InnerException is DockerApiException { StatusCode: HttpStatusCode.NotFound };

    public static bool IsConflict(this NuaException failure) =>
        failure.InnerException is DockerApiException { StatusCode: HttpStatusCode.Conflict };

    public static Problem Explain(string what, DockerApiException refusal) => Explain(what, ReasonOf(refusal));

    public static Problem Explain(string what, string reason)
    {
        if (reason.Contains("no space left on device", StringComparison.OrdinalIgnoreCase))
        {
            return RuntimeProblems.DiskFull(what);
        }

        if (PortInUse.Match(reason) is { Success: true } port)
        {
            return RuntimeProblems.PortTaken(port.Groups["port"].Value);
        }

        return MissingImage.Match(reason) is { Success: true } image
            ? RuntimeProblems.ImageMissing(image.Groups["image"].Value)
            : RuntimeProblems.Refused("docker", what, reason);
    }

    public static Problem Unreachable(string socket, Exception failure) => Unreachable(socket, IsDenied(failure));

    public static Problem Unreachable(string socket, bool denied) =>
        RuntimeProblems.Unreachable("docker", socket, denied
            ? "Run 'sudo usermod -aG docker $USER' and sign in again: this user may not open the socket."
            : "Run 'sudo systemctl start docker', then 'sudo systemctl status docker' if it does not come up.");

    public static bool IsOutOfAddresses(this NuaException failure) =>
        failure.Message.Contains("non-overlapping IPv4 address pool", StringComparison.Ordinal)
        || failure.Message.Contains("address pools have been fully subnetted", StringComparison.Ordinal);

    /// <summary>Somebody has the range by now.</summary>
    public static bool IsOverlap(this NuaException failure) =>
        failure.Message.Contains("Pool overlaps with other one", StringComparison.Ordinal);

    private static bool IsDenied(Exception? failure) =>
        failure is not null && (failure is SocketException { SocketErrorCode: SocketError.AccessDenied } || IsDenied(failure.InnerException));

    /// <summary>The engine's own words.</summary>
    public static string ReasonOf(NuaException failure) =>
        failure.InnerException is DockerApiException refusal ? ReasonOf(refusal) : failure.Problem.Message;

    private static string ReasonOf(DockerApiException refusal)
    {
        try
        {
            using var body = JsonDocument.Parse(refusal.ResponseBody ?? "");
            return body.RootElement.GetProperty("message").GetString()!.Trim();
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return string.IsNullOrWhiteSpace(refusal.ResponseBody) ? $"HTTP {(int)refusal.StatusCode}" : refusal.ResponseBody.Trim();
        }
    }

    [GeneratedRegex(
        @":(?<port>\d+) failed: port is already allocated|:(?<port>\d+): bind: address already in use|:(?<port>\d+).*address already in use",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex PortInUse { get; }

    [GeneratedRegex(@"No such image: (?<image>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex MissingImage { get; }
}
