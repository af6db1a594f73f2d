using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Mail;

/// <summary>The figures of the catcher of mail: what it keeps.</summary>
internal static class MailMetrics
{
    private const double NanosecondsInSecond = 1e9;

    private static readonly MetricFamily Mails = MetricFamily.Gauge("nua_mail_catcher_mails", "Mails that it keeps");
    private static readonly MetricFamily Size = MetricFamily.Bytes("nua_mail_catcher_size_bytes", "Size of what it keeps");
    private static readonly MetricFamily Latest =
        MetricFamily.Seconds("nua_mail_catcher_latest_timestamp_seconds", "When the latest came, in seconds since 1970");

    // The name of a mail is its time.
    public static ExecCommand Ask() => new(
        "find", MailImage.DataFolder, "-maxdepth", "1", "(", "-type", "d", "-printf", "folder\n", ")", "-o", "-name", "[0-9]*.eml", "-printf", "%f %s\n")
    {
        User = "nua-mail",
    };

    public static IReadOnlyList<Metric> Read(string answer)
    {
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var mails = lines.Select(MailOf).OfType<Kept>().ToList();
        IReadOnlyList<Metric> kept = [new Metric(Mails, mails.Count), new Metric(Size, mails.Sum(mail => mail.Bytes))];
        return lines is not ["folder", ..] ? []
            : mails.Count == 0 ? kept
            : [.. kept, new Metric(Latest, mails.Max(mail => mail.At) / NanosecondsInSecond)];
    }

    private static Kept? MailOf(string line) =>
        line.Split(".eml ") is [var at, var size] && FigureTable.NumberOf(at) is { } moment && FigureTable.NumberOf(size) is { } bytes
            ? new Kept(moment, bytes)
            : null;

    private sealed record Kept(double At, double Bytes);
}
