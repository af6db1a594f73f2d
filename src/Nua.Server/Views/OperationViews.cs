using System.Text.Json;
using Nua.Api;
using Nua.Engine.Operations;

namespace Nua.Server.Views;

/// <summary>Operations as they travel.</summary>
internal static class OperationViews
{
    /// <summary>An operation as it travels.</summary>
    public static OperationView Of(OperationRecord record) => new(
        record.Id,
        record.Kind,
        record.Subject,
        Kebab.Of(record.State),
        record.StartedBy,
        record.StartedAt,
        record.EndedAt,
        record.Result is null ? null : JsonElement.Parse(record.Result),
        record.Problem is null ? null : ProblemViews.Of(record.Problem));

    /// <summary>A step as it travels.</summary>
    public static StepView Of(StepRecord step) => new(
        step.Number,
        step.Name,
        Kebab.Of(step.State),
        step.StartedAt,
        step.EndedAt is { } end ? MillisecondsBetween(step.StartedAt, end) : null,
        step.Detail);

    /// <summary>All that hold a lock, oldest first.</summary>
    public static async Task<IReadOnlyList<UnderWayView>> UnderWayAsync(IOperationLog log, CancellationToken cancellation)
    {
        var views = new List<UnderWayView>();
        foreach (var record in await log.UnfinishedAsync(cancellation))
        {
            views.Add(Of(record, await log.StepsAsync(record.Id, cancellation)));
        }

        return views;
    }

    private static UnderWayView Of(OperationRecord record, IReadOnlyList<StepRecord> steps) => new(
        record.Id,
        record.Kind,
        record.Subject,
        Kebab.Of(record.State),
        record.StartedBy,
        record.StartedAt,
        record.StepOf(steps)?.Name,
        record.StepOf(steps)?.Number);

    /// <summary>The clock may have been put back since.</summary>
    private static long MillisecondsBetween(DateTimeOffset start, DateTimeOffset end) => Math.Max(0, (long)(end - start).TotalMilliseconds);
}
