namespace Nua.Api;

/// <summary>What an instance runs by the clock.</summary>
public sealed record CronList(string Instance, IReadOnlyList<CronView> Jobs);

/// <summary>A job.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schedule">When, as the package has it.</param>
/// <param name="TimeZone">Whose clock.</param>
/// <param name="Command">The shell line.</param>
/// <param name="Next">When it comes next; <see langword="null"/>: its instance does not run.</param>
/// <param name="Last">Its newest run.</param>
public sealed record CronView(
    string Name, string Schedule, string TimeZone, string Command, DateTimeOffset? Next = null, OperationView? Last = null);
