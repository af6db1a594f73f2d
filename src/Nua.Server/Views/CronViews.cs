using Nua.Api;
using Nua.Engine.Commands;

namespace Nua.Server.Views;

/// <summary>Jobs as they travel. Pure.</summary>
internal static class CronViews
{
    public static CronView Of(CronState state) => new(
        state.Job.Name,
        state.Job.Schedule,
        state.Job.TimeZone,
        state.Job.Command,
        state.Next,
        state.Last is { } last ? OperationViews.Of(last) : null);
}
