using Microsoft.Extensions.Logging.Console;

namespace Nua.Gateway;

/// <summary>Everything the gateway writes to its log.</summary>
internal static partial class GatewayLog
{
    /// <summary>One line of JSON per event on standard error; of the libraries, what is worse than a visitor's mistake.</summary>
    public static ILoggerFactory CreateFactory() => LoggerFactory.Create(logging => logging
        .AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        })
        .AddFilter("Microsoft", LogLevel.Warning)

        // A start that fails is thrown as well, and told by the program in a sentence.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)

        // It would tell every failed request with its stack; Reception says the same once in a while, and for whom.
        .AddFilter("Yarp", LogLevel.None)
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    [LoggerMessage(1, LogLevel.Information, "Nua gateway {Version} answers HTTP on {HttpPorts} and HTTPS on {HttpsPorts}")]
    public static partial void Ready(this ILogger log, string version, string httpPorts, string httpsPorts);

    [LoggerMessage(2, LogLevel.Information, "Stopping: no new connections; what is under way has {Seconds} seconds")]
    public static partial void Stopping(this ILogger log, double seconds);

    [LoggerMessage(3, LogLevel.Information, "{Change} {Domain} at {Address} for deployment {Deployment} of {Instance}")]
    public static partial void RouteChanged(this ILogger log, string change, string domain, Uri address, int deployment, string instance);

    [LoggerMessage(4, LogLevel.Information, "{Change} {Domain}")]
    public static partial void RouteRemoved(this ILogger log, string change, string domain);

    [LoggerMessage(5, LogLevel.Warning, "{Domain} of {Instance} failed at {Address}: {Reason} ({Failed} failed since the start)")]
    public static partial void WorkloadFailed(
        this ILogger log, string domain, string instance, string address, string reason, long failed);

    [LoggerMessage(6, LogLevel.Error, "{File} is damaged and was put aside as {Aside}; start the server, it tells all routes again")]
    public static partial void RoutesDamaged(this ILogger log, string file, string aside);

    [LoggerMessage(7, LogLevel.Error, "The authority {File} is damaged, incomplete or about to expire and was put aside as {Aside}; clients have to trust its successor")]
    public static partial void AuthorityReplaced(this ILogger log, string file, string aside);

    [LoggerMessage(8, LogLevel.Warning, "The certificate of {Host} is damaged and will be made again")]
    public static partial void CertificateDamaged(this ILogger log, string host);

    [LoggerMessage(9, LogLevel.Information, "Made a certificate for {Host}, valid until {NotAfter}")]
    public static partial void CertificateMade(this ILogger log, string host, DateTime notAfter);

    [LoggerMessage(10, LogLevel.Error, "The certificate of {Host} could not be kept: {Reason}")]
    public static partial void CertificateNotKept(this ILogger log, string host, string reason);

    [LoggerMessage(12, LogLevel.Information, "{Authority} gave {Host} a certificate, valid until {NotAfter}")]
    public static partial void CertificateObtained(this ILogger log, string host, string authority, DateTime notAfter);

    [LoggerMessage(13, LogLevel.Error, "{Host} got no certificate: {Reason}")]
    public static partial void CertificateNotObtained(this ILogger log, string host, string reason);

    [LoggerMessage(14, LogLevel.Warning, "{Authority} does not say when to renew {Host}: {Reason}")]
    public static partial void NoAdvice(this ILogger log, string host, string authority, string reason);

    [LoggerMessage(15, LogLevel.Error, "{File} holds no certificate with its key and was put aside as {Aside}; import it again")]
    public static partial void ImportDamaged(this ILogger log, string file, string aside);

    [LoggerMessage(16, LogLevel.Error, "Visitors of {Host} are not served well: {Problem}")]
    public static partial void NotServedWell(this ILogger log, string host, string problem);

    [LoggerMessage(17, LogLevel.Information, "{Change} the certificate {Serial} for {Names}")]
    public static partial void ImportChanged(this ILogger log, string change, string serial, string names);

    [LoggerMessage(18, LogLevel.Information, "{Authority} revoked the certificate {Serial} of {Host}")]
    public static partial void CertificateRevoked(this ILogger log, string host, string authority, string serial);

    [LoggerMessage(19, LogLevel.Error, "{Authority} did not revoke the certificate {Serial} of {Host}: {Reason}")]
    public static partial void NotRevoked(this ILogger log, string host, string authority, string serial, string reason);

    [LoggerMessage(20, LogLevel.Warning, "The answer for {Host} was not taken back: {Reason}")]
    public static partial void AnswerLeft(this ILogger log, string host, string reason);

    [LoggerMessage(11, LogLevel.Error, "This is a bug")]
    public static partial void Bug(this ILogger log, Exception bug);
}
