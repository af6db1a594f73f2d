namespace Nua.Api;

/// <summary>What can go wrong between a program and the server.</summary>
internal static class ClientProblems
{
    public static ProblemView Unreachable(string socket) => ProblemView.Of(
        "unavailable",
        "server.unreachable",
        $"No Nua server answers on {socket}.",
        "Start one with 'nua server start' or './run'; if one runs elsewhere, set NUA_HOME to its folder.");

    public static ProblemView Forbidden(string socket) => ProblemView.Of(
        "conflict",
        "server.forbidden",
        $"This user may not use the Nua server on {socket}.",
        "Use 'sudo nua …', or join the group that owns the socket.");

    public static ProblemView Unreachable(Uri url, string why) => ProblemView.Of(
        "unavailable",
        "server.unreachable",
        $"No Nua server answers on {url}: {why.TrimEnd('.')}.",
        "See on the server's machine whether its door is open: 'nua server status' and '[api] listen' of nua.toml.");

    public static ProblemView OtherCertificate(Uri url) => ProblemView.Of(
        "conflict",
        "server.other-certificate",
        $"{url} shows a certificate that is not the one it is known by; nothing was sent.",
        "If it was changed on purpose, 'nua server status' on the server's machine shows its fingerprint: log in again with it.");

    public static ProblemView AuthorityUnusable(string file, string why) => ProblemView.Of(
        "invalid",
        "server.authority-unusable",
        $"'{file}' has no certificate of an authority: {why.TrimEnd('.')}.",
        "Name a PEM file.");

    public static ProblemView Gone() => ProblemView.Of(
        "unavailable",
        "server.gone",
        "The server stopped answering in the middle.",
        "What it was doing goes on when it starts again; see 'nua operations list'.");

    public static ProblemView NotUnderstood(int status) => ProblemView.Of(
        "bug",
        "server.not-understood",
        $"The server answered with HTTP {status} and something that is no answer of Nua's.",
        "Check that 'nua' and the server have the same version: 'nua version'.");
}
