using Nua.Core.Problems;
using Nua.Engine.Operations;
using Xunit;

namespace Nua.Testing.Contracts;

/// <summary>What every journal of operations promises.</summary>
public abstract class OperationLogContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A journal with nothing in it.</summary>
    protected abstract Task<IOperationLog> NewLogAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operation_comes_back_as_it_was_written()
    {
        var log = await NewLogAsync();

        await log.BeginAsync(Operation("1", "notes"), Cancellation);

        Assert.Equal(Operation("1", "notes"), await log.FindAsync("1", Cancellation));
        Assert.Null(await log.FindAsync("2", Cancellation));
    }

    [Fact]
    public async Task A_subject_is_locked_until_its_operation_ends()
    {
        var log = await NewLogAsync();
        await log.BeginAsync(Operation("1", "notes"), Cancellation);
        await log.WriteStepAsync("1", new StepRecord(1, "look", StepState.Done, Noon, Noon), Cancellation);
        await log.WriteStepAsync("1", new StepRecord(2, "leap", StepState.Started, Noon), Cancellation);

        var refusal = await Assert.ThrowsAsync<NuaException>(() => log.BeginAsync(Operation("2", "notes"), Cancellation));
        Assert.Equal("operation.locked", refusal.Problem.Code);
        Assert.Contains("deploy by 'somebody' since 2026-03-04 12:00:00Z, step 2 'leap'", refusal.Problem.Message);
        Assert.Contains("nua operations show 1 --follow", refusal.Problem.Hint);

        await log.BeginAsync(Operation("3", "wiki"), Cancellation);
        await log.EndAsync("1", OperationState.Succeeded, Noon, "{}", null, Cancellation);
        await log.BeginAsync(Operation("4", "notes"), Cancellation);
    }

    [Fact]
    public async Task A_stuck_operation_keeps_its_lock()
    {
        var log = await NewLogAsync();
        await log.BeginAsync(Operation("1", "notes"), Cancellation);
        await log.WriteStepAsync("1", new StepRecord(1, "look", StepState.UndoFailed, Noon, Noon), Cancellation);
        await log.WriteStepAsync("1", new StepRecord(2, "leap", StepState.Undone, Noon, Noon), Cancellation);
        await log.EndAsync("1", OperationState.Stuck, Noon, null, AProblem, Cancellation);

        var refusal = await Assert.ThrowsAsync<NuaException>(() => log.BeginAsync(Operation("2", "notes"), Cancellation));
        Assert.Contains("could be neither finished nor put back, step 1 'look'", refusal.Problem.Message);
        Assert.Contains("nua operations resume 1", refusal.Problem.Hint);
        Assert.Equal("1", Assert.Single(await log.UnfinishedAsync(Cancellation)).Id);
    }

    [Fact]
    public async Task The_end_is_kept_with_result_and_problem()
    {
        var log = await NewLogAsync();
        await log.BeginAsync(Operation("1", "notes"), Cancellation);
        await log.EndAsync("1", OperationState.Failed, Noon.AddSeconds(3), null, AProblem, Cancellation);

        var ended = await log.FindAsync("1", Cancellation);

        Assert.Equal(OperationState.Failed, ended!.State);
        Assert.Equal(Noon.AddSeconds(3), ended.EndedAt);
        Assert.Equal(AProblem.Code, ended.Problem!.Code);
        Assert.Equal(AProblem.Details, ended.Problem.Details);
        Assert.Empty(await log.UnfinishedAsync(Cancellation));
    }

    [Fact]
    public async Task A_step_is_replaced_by_its_outcome()
    {
        var log = await NewLogAsync();
        await log.BeginAsync(Operation("1", "notes"), Cancellation);
        var first = new StepRecord(1, "look", StepState.Started, Noon);
        var second = new StepRecord(2, "leap", StepState.Started, Noon.AddSeconds(1));

        await log.WriteStepAsync("1", first, Cancellation);
        await log.WriteStepAsync("1", second, Cancellation);
        await log.WriteStepAsync("1", first with { State = StepState.Done, EndedAt = Noon.AddSeconds(1), Result = "7" }, Cancellation);

        Assert.Equal(
            [first with { State = StepState.Done, EndedAt = Noon.AddSeconds(1), Result = "7" }, second],
            await log.StepsAsync("1", Cancellation));
    }

    [Fact]
    public async Task The_list_is_newest_first_and_bounded()
    {
        var log = await NewLogAsync();
        await log.BeginAsync(Operation("1", "notes"), Cancellation);
        await log.BeginAsync(Operation("2", "wiki"), Cancellation);
        await log.BeginAsync(Operation("3", "shop"), Cancellation);

        Assert.Equal(["3", "2"], (await log.ListAsync(new OperationFilter(), 2, Cancellation)).Select(operation => operation.Id));
        Assert.Equal(["1"], await IdsAsync(log, new OperationFilter("notes")));
    }

    [Fact]
    public async Task The_list_can_be_filtered_and_gone_on_with()
    {
        var log = await NewLogAsync();
        await log.BeginAsync(Operation("1", "notes"), Cancellation);
        await log.EndAsync("1", OperationState.Failed, Noon, null, AProblem, Cancellation);
        await log.BeginAsync(Operation("2", "notes") with { Kind = "stop", StartedAt = Noon.AddMinutes(1) }, Cancellation);
        await log.BeginAsync(Operation("3", "wiki") with { StartedAt = Noon.AddMinutes(2) }, Cancellation);

        Assert.Equal(["3", "1"], await IdsAsync(log, new OperationFilter(Kind: "deploy")));
        Assert.Equal(["3", "2"], await IdsAsync(log, new OperationFilter(State: OperationState.Running)));
        Assert.Equal(["3", "2"], await IdsAsync(log, new OperationFilter(Since: Noon.AddMinutes(1))));
        Assert.Equal(["2", "1"], await IdsAsync(log, new OperationFilter(Before: "3")));
        Assert.Equal(["1"], await IdsAsync(log, new OperationFilter("notes", "deploy", OperationState.Failed, Noon, "2")));
    }

    [Fact]
    public async Task What_is_forgotten_is_a_subjects_old_and_finished_operations()
    {
        var log = await NewLogAsync();
        foreach (var id in new[] { "1", "2", "3" })
        {
            await log.BeginAsync(Operation(id, "notes"), Cancellation);
            await log.WriteStepAsync(id, new StepRecord(1, "look", StepState.Done, Noon), Cancellation);
            await log.EndAsync(id, OperationState.Succeeded, Noon, result: null, problem: null, Cancellation);
        }

        await log.BeginAsync(Operation("4", "notes"), Cancellation);
        await log.BeginAsync(Operation("0", "wiki"), Cancellation);
        await log.EndAsync("0", OperationState.Succeeded, Noon, result: null, problem: null, Cancellation);

        await log.ForgetAsync("notes", keep: 1, Cancellation);

        Assert.Equal(["4", "3", "0"], await IdsAsync(log, new OperationFilter()));
        Assert.Single(await log.StepsAsync("3", Cancellation));
    }

    private static async Task<IEnumerable<string>> IdsAsync(IOperationLog log, OperationFilter filter) =>
        (await log.ListAsync(filter, limit: 9, Cancellation)).Select(operation => operation.Id);

    private static Problem AProblem => new(ProblemKind.TestsFailed, "some.code", "It failed.", "Mend it.", ["one", "two"]);

    private static OperationRecord Operation(string id, string subject) =>
        new(id, "deploy", subject, "{}", "somebody", OperationState.Running, Noon);
}
