namespace Nua.Core.Packages;

/// <summary>The <c>[healthcheck]</c> section: a command run inside the container until it succeeds.</summary>
public sealed record HealthCheck
{
    public required string Command { get; init; }

    public required TimeSpan Interval { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long failures do not count after a start.</summary>
    public TimeSpan StartPeriod { get; init; } = TimeSpan.FromSeconds(120);

    public int Retries { get; init; } = 3;
}
