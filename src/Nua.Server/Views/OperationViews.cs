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
        step.EndedAt is { } end ? (long)(end - step.StartedAt).TotalMilliseconds : null,
        step.Detail);
}
