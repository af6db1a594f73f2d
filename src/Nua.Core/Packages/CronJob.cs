namespace Nua.Core.Packages;

/// <summary>One <c>[[cron]]</c>: a command that is run by the clock.</summary>
public sealed record CronJob
{
    /// <summary>What it is called: letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>When: minute, hour, day of the month, month, day of the week; or <c>@daily</c> and the like.</summary>
    public required string Schedule { get; init; }

    /// <summary>Whose clock: a name of the time zone database.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>A shell line.</summary>
    public required string Command { get; init; }

    /// <summary>The longest it may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}
