namespace Nua.Core.Packages.Reading;

/// <summary>Reads <c>[healthcheck]</c>. Numbers are seconds.</summary>
internal static class HealthCheckReader
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public static HealthCheck? ReadIn(Section section) => section.Table("healthcheck", Read);

    private static HealthCheck Read(Section section)
    {
        var check = new HealthCheck
        {
            Command = section.RequiredText("command"),
            Interval = section.Duration("interval", Shortest, required: true) ?? Shortest,
        };
        return check with
        {
            Timeout = section.Duration("timeout", Shortest) ?? check.Timeout,
            StartPeriod = section.Duration("start-period", Shortest) ?? check.StartPeriod,
            Retries = section.Integer("retries", 0, int.MaxValue) ?? check.Retries,
        };
    }
}
