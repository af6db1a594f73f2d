using System.Diagnostics;
using System.Runtime.CompilerServices;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Access;
using Nua.Engine.Operations;

namespace Nua.Server.Views;

/// <summary>Answers questions about operations.</summary>
internal sealed class OperationDesk(OperationRunner runner, IOperationLog log, IReadOnlyList<UseCase> useCases)
{
    /// <summary>The newest operations first, and where the rest begins; who is limited to instances sees those of them.</summary>
    public async Task<OperationList> ListAsync(Principal who, OperationFilter filter, int limit, CancellationToken cancellation)
    {
        var found = new List<OperationRecord>();
        foreach (var subject in SubjectsOf(who, filter.Subject))
        {
            found.AddRange(await log.ListAsync(filter with { Subject = subject }, limit + 1, cancellation));
        }

        var newest = found.OrderByDescending(one => one.Id, StringComparer.Ordinal).ToList();
        return new OperationList([.. newest.Take(limit).Select(OperationViews.Of)], newest.Count > limit ? newest[limit - 1].Id : null);
    }

    private static IReadOnlyList<string?> SubjectsOf(Principal who, string? subject) =>
        who.SeesAll ? [subject] : [.. who.Instances.Where(instance => subject is null || instance == subject)];

    /// <summary>One operation with its steps.</summary>
    public async Task<OperationDetail> FindAsync(string id, CancellationToken cancellation) => new(
        OperationViews.Of(await RecordAsync(id, cancellation)),
        [.. (await log.StepsAsync(id, cancellation)).Select(OperationViews.Of)]);

    /// <summary>Asks it to stop; answers how it was when asked.</summary>
    public async Task<OperationView> CancelAsync(string id, CancellationToken cancellation)
    {
        var record = await RecordAsync(id, cancellation);
        runner.Cancel(id);
        return OperationViews.Of(record);
    }

    /// <summary>Has it tried again now; answers how it was when asked.</summary>
    public async Task<OperationView> ResumeAsync(string id, CancellationToken cancellation) =>
        OperationViews.Of(await runner.ResumeAsync(useCases, id, cancellation));

    /// <exception cref="NuaException"><c>operation.unknown</c>, before anything is streamed</exception>
    public async Task<IAsyncEnumerable<OperationEventView>> WatchAsync(string id, CancellationToken cancellation)
    {
        _ = await RecordAsync(id, cancellation);
        return EventsAsync(id, cancellation);
    }

    private async IAsyncEnumerable<OperationEventView> EventsAsync(string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var happening in runner.WatchAsync(id, cancellation))
        {
            yield return happening switch
            {
                OperationEvent.StepChanged step => new OperationEventView.StepChanged(OperationViews.Of(step.Record)),
                OperationEvent.Line line => new OperationEventView.Line(line.Text),
                OperationEvent.Ended end => new OperationEventView.Ended(await ViewAsync(id, end, cancellation)),
                _ => throw new UnreachableException(),
            };
        }
    }

    /// <summary>As it ended: a journal that cannot be written has not been told.</summary>
    private async Task<OperationView> ViewAsync(string id, OperationEvent.Ended end, CancellationToken cancellation) =>
        OperationViews.Of(await RecordAsync(id, cancellation) with { State = end.State, Result = end.Result, Problem = end.Problem });

    private async Task<OperationRecord> RecordAsync(string id, CancellationToken cancellation) =>
        await log.FindAsync(id, cancellation) ?? throw new NuaException(OperationProblems.Unknown(id));
}
