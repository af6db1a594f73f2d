using Nua.Api;
using Nua.Core.Problems;

namespace Nua.Drivers.Routing;

internal static class RoutingProblems
{
    public static Problem Unreachable(string socket) => new(
        ProblemKind.Unavailable,
        "gateway.unreachable",
        $"No gateway answers at {socket}.",
        "Start it with 'nua-gateway', or see why it ended: 'nua server status'.");

    public static Problem TooSlow(string socket, TimeSpan limit) => new(
        ProblemKind.Unavailable,
        "gateway.too-slow",
        $"The gateway at {socket} did not answer within {limit.TotalSeconds:0} seconds.",
        "See what keeps it: 'nua server logs'; it answers again when its disk does.");

    public static Problem BadAnswer(string socket, int status) => new(
        ProblemKind.Unavailable,
        "gateway.bad-answer",
        $"What answers at {socket} with status {status} is not a gateway of this version.",
        "Use a server and a gateway of the same Nua version: run 'nua doctor'.");

    public static Problem NoHttps(string socket) => new(
        ProblemKind.Unavailable,
        "gateway.no-https",
        $"The gateway at {socket} has no port for HTTPS.",
        "Start it with one: 'nua-gateway --https 0.0.0.0:8443'.");

    public static Problem Refused(ProblemKind kind, GatewayRefusal refusal) =>
        new(kind, refusal.Code, refusal.Message, refusal.Hint);
}
