using Nua.Api;

namespace Nua.Cli;

/// <summary>The words for what goes wrong before the server is asked.</summary>
internal static class CliProblems
{
    public static ProblemView Usage(string message, string hint) => ProblemView.Of("invalid", "cli.usage", message, hint);

    public static ProblemView NoSuchTarget(string target) => ProblemView.Of(
        "not-found",
        "cli.no-such-target",
        $"There is no folder or file '{target}'.",
        "Name a folder with a nua-config, a sites file, or an image: 'nua image list' shows them.");

    public static ProblemView NoSuchFolder(string folder) => ProblemView.Of(
        "not-found",
        "cli.no-such-folder",
        $"There is no folder '{folder}'.",
        "Name the folder of the application, or make it first.");

    public static ProblemView CannotWrite(string file, string reason) => ProblemView.Of(
        "invalid",
        "cli.cannot-write",
        $"'{file}' cannot be written: {reason.TrimEnd('.')}.",
        "Name a folder you may write to.");

    public static ProblemView CannotRead(string file, string reason) => ProblemView.Of(
        "invalid",
        "cli.cannot-read",
        $"'{file}' cannot be read: {reason.TrimEnd('.')}.",
        "Name a file that is there and that you may read.");

    public static ProblemView Unreadable(string path, string reason) => ProblemView.Of(
        "invalid",
        "cli.unreadable",
        $"'{path}' cannot be read: {reason.TrimEnd('.')}.",
        "Let yourself read it, or leave it out of the package with a line in .dockerignore.");

    /// <summary>What a program that asked for a document reads when somebody ended the command; its exit code is 130 all the same.</summary>
    public static ProblemView Interrupted()
    {
        var problem = ProblemView.Of(
            "partial",
            "cli.interrupted",
            "The command was interrupted; what it asked for goes on in the server.",
            "See what became of it with 'nua operations list'.");
        return problem with { Exit = ExitCodes.Interrupted };
    }

    public static ProblemView SessionLost() => ProblemView.Of(
        "unavailable",
        "cli.session-lost",
        "The server stopped answering in the middle; the command was ended, or is within a minute.",
        "See 'nua server status', and run it again.");

    public static ProblemView ConfigIsThere(string file, bool replaceable) => ProblemView.Of(
        "conflict",
        "cli.config-is-there",
        $"'{file}' is there already.",
        replaceable ? "Give --force to replace it." : "It is found before a nua-config.toml: change it, or remove it first.");

    public static ProblemView NamedBySitesFile(string file) => ProblemView.Of(
        "invalid",
        "cli.named-by-sites-file",
        $"'{file}' says itself what its sites are called and where they answer.",
        "Leave out --as and --domain, or change 'label' and 'domain' in the file.");

    public static ProblemView NotConfirmed(string what) => ProblemView.Of(
        "conflict",
        "cli.not-confirmed",
        $"{what} was not confirmed; nothing was changed.",
        "Answer 'y', or give --yes.");

    public static ProblemView BadEnvFile(string file, int line) => ProblemView.Of(
        "invalid",
        "cli.bad-env-file",
        $"{file}:{line} is no line of the form NAME=VALUE.",
        "Write one variable a line; a value with quotes ends where they end.");

    public static ProblemView NoValue(string name) => ProblemView.Of(
        "invalid",
        "cli.no-value",
        $"Standard input ended before the value of {name}.",
        $"Give one line for each name without a value, or write {name}=VALUE.");

    public static ProblemView MoreInput() => ProblemView.Of(
        "invalid",
        "cli.more-input",
        "Standard input has more lines than there are names without a value.",
        "Give one line for each; encode what has more lines, such as a key, as base64.");

    public static ProblemView NoProgram(string name, string folder) => ProblemView.Of(
        "not-found",
        "cli.no-program",
        $"'{name}' is not beside 'nua' in {folder}.",
        "Install Nua's programs into one folder.");

    public static ProblemView DidNotStart(string log, IReadOnlyList<string> lastLines) => ProblemView.Of(
        "unavailable",
        "server.did-not-start",
        "The server ended before it was ready.",
        $"The whole log is in {log}; 'nua doctor' looks for the usual causes.",
        lastLines);

    public static ProblemView NoGateway(ProblemView problem, IReadOnlyList<string> lastLines) => ProblemView.Of(
        problem.Kind,
        problem.Code,
        $"The server runs, but not the gateway: {problem.Detail}",
        "The lines above are the end of the gateway's log; the server tries again every 15 seconds.",
        lastLines);

    public static ProblemView StillStopping(int pid) => ProblemView.Of(
        "unavailable",
        "server.still-stopping",
        $"The process {pid} was asked to end and has not yet.",
        "It finishes the step it is in; look again with 'nua server status'.");

    public static ProblemView NoLog(string log) => ProblemView.Of(
        "not-found",
        "server.no-log",
        $"There is no log in {log}.",
        "Only a server that was started with 'nua server start' writes there; under systemd ask 'journalctl -u nua'.");

    public static ProblemView EndedWithoutReason(OperationView operation) => ProblemView.Of(
        "bug",
        "cli.ended-without-reason",
        $"This {operation.Kind} of '{operation.Subject}' ended as '{operation.State}' and does not say why.",
        $"See 'nua operations show {operation.Id}' and the server's log.");

    public static ProblemView StillStuck(OperationView operation, ProblemView problem) => ProblemView.Of(
        "partial",
        "operation.stuck",
        $"This {operation.Kind} of '{operation.Subject}' still cannot be put back. What it failed with at first: {problem.Detail}",
        $"See what resists with 'nua operations show {operation.Id}', mend it, and resume again; the server also tries by itself.");

    public static ProblemView NoOperationOf(string subject) => ProblemView.Of(
        "not-found",
        "operation.unknown",
        $"There is no operation of '{subject}'.",
        "List them with 'nua operations list'.");

    public static ProblemView NoSuchContext(string name) => ProblemView.Of(
        "not-found",
        "cli.no-such-context",
        $"There is no context '{name}'.",
        "See what there is with 'nua context list', or make it with 'nua login URL --context NAME'.");

    public static ProblemView ContextsOpen(string file) => ProblemView.Of(
        "conflict",
        "cli.contexts-open",
        $"'{file}' holds tokens, and others than you may read it.",
        $"Close it with 'chmod 600 {file}', and have the tokens replaced if others were there.");

    public static ProblemView LocalOnly(string command, Uri url) => ProblemView.Of(
        "conflict",
        "cli.local-only",
        $"'{command}' works on the server's own machine, and the server that is chosen is {url}.",
        "Run it there, or give --context local for the server of this machine.");

    public static ProblemView UnknownCertificate(Uri url, string fingerprint) => ProblemView.Of(
        "conflict",
        "cli.unknown-certificate",
        $"Nobody that this machine trusts vouches for the certificate of {url}; nothing was sent.",
        $"If 'nua server status' on its machine shows the same, give --fingerprint {fingerprint}, or give --ca FILE.");

    public static ProblemView NoToken() => ProblemView.Of(
        "invalid",
        "cli.no-token",
        "There is no token: one starts with 'nua_'.",
        "Give --token-file FILE, set NUA_TOKEN, or type it when asked; an administrator makes one with 'nua token create'.");

    public static ProblemView Bug(Exception failure) => ProblemView.Of(
        "bug",
        "cli.bug",
        $"Nua made a mistake: {failure.GetType().Name}: {failure.Message}",
        "Please report it with the command you gave; NUA_TRACE=1 shows where it was.",
        Environment.GetEnvironmentVariable("NUA_TRACE") is { Length: > 0 } ? failure.ToString().Split('\n') : null);
}
