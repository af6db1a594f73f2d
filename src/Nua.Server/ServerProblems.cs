using Nua.Core.Problems;

namespace Nua.Server;

/// <summary>The words for what goes wrong at the front doors.</summary>
internal static class ServerProblems
{
    public static Problem AlreadyRunning(string folder) => new(
        ProblemKind.Unavailable,
        "server.already-running",
        $"Another Nua server uses {folder}.",
        "Look at it with 'nua server status', end it with 'nua server stop', or set NUA_HOME to another folder.");

    public static Problem HomeUnusable(string folder, string why) => new(
        ProblemKind.Unavailable,
        "server.home-unusable",
        $"The server cannot use {folder}: {why}",
        "Run it as a user who may write there, or set NUA_HOME to another folder.");

    public static Problem ScratchUnusable(string folder, string why) => new(
        ProblemKind.Unavailable,
        "server.scratch-unusable",
        $"The server cannot empty {folder}: {why}",
        "Remove the folder as root; it holds only what builds left behind.");

    public static Problem HomeTooLong(string socket) => new(
        ProblemKind.Invalid,
        "server.home-too-long",
        $"The path {socket} is too long for a socket.",
        "Set NUA_HOME to a shorter path.");

    public static Problem AddressInUse(string why) => new(
        ProblemKind.Unavailable,
        "server.address-in-use",
        $"The server cannot listen: {why}",
        "Choose another address in '[api] listen' of nua.toml, or end the program that has this one.");

    public static Problem CertificateUnusable(string file, string why) => new(
        ProblemKind.Invalid,
        "server.certificate-unusable",
        $"The certificate {file} cannot be used: {why}",
        "Name a PEM file with the certificate and its chain, and one with its key, in '[api]' of nua.toml.");

    public static Problem NotReady(string state) => new(
        ProblemKind.Unavailable,
        "server.not-ready",
        $"The server is {state} and takes no new work.",
        "Try again in a moment; 'nua server status' says when it is ready.");

    public static Problem NoGatewayProgram(string path) => new(
        ProblemKind.Unavailable,
        "server.no-gateway",
        $"There is no {path}, so nothing can be served.",
        "Install Nua's programs into one folder.");

    public static Problem GatewayDidNotStart(string log) => new(
        ProblemKind.Unavailable,
        "server.gateway-did-not-start",
        "The gateway ended before it answered.",
        $"See why with 'nua server logs --gateway' ({log}).");

    public static Problem BadRequest(string why) => new(
        ProblemKind.Invalid,
        "server.bad-request",
        $"The request cannot be read: {why}",
        "GET /openapi/v1.json describes every request.");

    public static Problem NoSuchRoute(string method, string path) => new(
        ProblemKind.NotFound,
        "server.no-such-route",
        $"The API has no {method} {path}.",
        "GET /openapi/v1.json lists what it has, and the content type each route takes.");

    public static Problem NoWorkload(string instance, string role, IEnumerable<string> known) => new(
        ProblemKind.NotFound,
        "server.no-workload",
        $"'{instance}' has no workload '{role}'.",
        $"It has: {string.Join(", ", known)}.");

    public static Problem NoSession() => new(
        ProblemKind.NotFound,
        "server.no-session",
        "There is no such session, or it was waited for too long.",
        "Ask for the command again.");

    public static Problem NoSbom(string image) => new(
        ProblemKind.NotFound,
        "server.no-sbom",
        $"The image '{image}' has no bill of materials: it was built before Nua wrote them.",
        "Build it again with 'nua build DIR --no-cache'.");

    public static Problem Bug(Exception failure) => new(
        ProblemKind.Bug,
        "server.bug",
        $"Nua made a mistake: {failure.GetType().Name}: {failure.Message}",
        "Please report it with the server's log, which has the details.");
}
