using Microsoft.Extensions.Logging.Console;
using Nua.Core.Problems;
using Nua.Engine.Operations;

namespace Nua.Server;

/// <summary>Everything the server writes to its log. Nothing here may take a secret.</summary>
internal static partial class ServerLog
{
    /// <summary>One line of JSON per event on standard error; of the libraries, what is worse than a client's mistake.</summary>
    public static void Configure(ILoggingBuilder logging) => logging
        .ClearProviders()
        .AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        })
        .AddFilter("Microsoft", LogLevel.Warning)
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    [LoggerMessage(1, LogLevel.Information, "Nua server {Version} listens on {Socket}")]
    public static partial void Listening(this ILogger log, string version, string socket);

    [LoggerMessage(2, LogLevel.Information, "Ready")]
    public static partial void Ready(this ILogger log);

    [LoggerMessage(3, LogLevel.Information, "Stopping: operations under way have {Seconds} seconds; what is left goes on at the next start")]
    public static partial void Stopping(this ILogger log, double seconds);

    [LoggerMessage(4, LogLevel.Warning, "The interrupted {Kind} of {Subject} ({Operation}) ended as {State}")]
    public static partial void Resumed(this ILogger log, string kind, string subject, string operation, OperationState state);

    [LoggerMessage(5, LogLevel.Warning, "{Instance} is put right by {Operation}: {Why}")]
    public static partial void Reconciling(this ILogger log, string instance, string operation, string why);

    [LoggerMessage(6, LogLevel.Warning, "{What} could not be done, and is tried again: {Message} [{Code}]")]
    public static partial void TriedInVain(this ILogger log, string what, string message, string code);

    [LoggerMessage(7, LogLevel.Information, "Started the gateway as process {Pid}; it writes to {File}")]
    public static partial void GatewayStarted(this ILogger log, int pid, string file);

    [LoggerMessage(8, LogLevel.Information, "{Kind} of {Subject} asked for by {Caller}: {Operation}")]
    public static partial void Asked(this ILogger log, string kind, string subject, string caller, string operation);

    [LoggerMessage(9, LogLevel.Error, "This is a bug, in the {Kind} of {Subject} ({Operation})")]
    private static partial void OperationBug(this ILogger log, Exception bug, string kind, string subject, string operation);

    [LoggerMessage(10, LogLevel.Error, "This is a bug, in {Method} {Path}")]
    public static partial void RequestBug(this ILogger log, Exception bug, string method, string path);

    [LoggerMessage(11, LogLevel.Error, "This is a bug, in {What}; it is tried again")]
    public static partial void ClockBug(this ILogger log, Exception bug, string what);

    [LoggerMessage(12, LogLevel.Error, "{Message} {Hint} [{Code}]")]
    public static partial void NotReconciling(this ILogger log, string message, string hint, string code);

    [LoggerMessage(13, LogLevel.Warning, "{What}")]
    public static partial void LeftBehind(this ILogger log, string what);

    [LoggerMessage(14, LogLevel.Information, "{Caller} runs '{Program}' in {Place} (session {Session})")]
    public static partial void SessionBegan(this ILogger log, string session, string caller, string program, string place);

    [LoggerMessage(15, LogLevel.Information, "'{Program}' in {Place} ended: {How} (session {Session})")]
    public static partial void SessionEnded(this ILogger log, string session, string program, string place, string how);

    [LoggerMessage(16, LogLevel.Information, "The job {Job} of {Instance} was due at {Due:O} and is run")]
    public static partial void CronDue(this ILogger log, string job, string instance, DateTimeOffset due);

    [LoggerMessage(17, LogLevel.Warning, "The certificate of the remote door could not be read anew, and stays as it was: {Why}")]
    public static partial void CertificateStays(this ILogger log, string why);

    [LoggerMessage(18, LogLevel.Information, "The remote door shows the certificate {Fingerprint}")]
    public static partial void CertificateShown(this ILogger log, string fingerprint);

    [LoggerMessage(19, LogLevel.Error, "A line of the audit trail could not be written: {Message} [{Code}]")]
    public static partial void AuditLost(this ILogger log, string message, string code);

    /// <summary>A failure of an operation that is not a problem Nua knows.</summary>
    public static void Bug(this ILogger log, OperationRecord operation, Exception bug) =>
        log.OperationBug(bug, operation.Kind, operation.Subject, operation.Id);

    /// <summary>Something that is tried again was away.</summary>
    public static void TriedInVain(this ILogger log, string what, Problem problem) =>
        log.TriedInVain(what, problem.Message, problem.Code);
}
