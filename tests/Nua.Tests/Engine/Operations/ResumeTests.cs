using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Operations;

/// <summary>What could not be put back is tried again at once when somebody asks for it.</summary>
public sealed class ResumeTests
{
    private readonly InMemoryOperationLog _log = new();
    private readonly HandClock _clock = new();
    private readonly Bridge _bridge = new();
    private readonly OperationRunner _runner;

    public ResumeTests() => _runner = new OperationRunner(_log, _clock, (_, _) => { });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stuck_operation_is_tried_now_although_its_turn_has_not_come()
    {
        var stuck = await StuckAsync();
        Assert.Single(await _runner.ResumeUnfinishedAsync([_bridge], Cancellation));
        Assert.Empty(await _runner.ResumeUnfinishedAsync([_bridge], Cancellation));
        _bridge.UndoFails = false;

        await _runner.ResumeAsync([_bridge], stuck.Id, Cancellation);
        await _runner.WhenIdleAsync();

        var ended = (await _log.FindAsync(stuck.Id, Cancellation))!;
        Assert.Equal((OperationState.Failed, "bridge.collapsed"), (ended.State, ended.Problem!.Code));
        Assert.Equal(StepState.Undone, Assert.Single(await _log.StepsAsync(stuck.Id, Cancellation)).State);
        await _runner.StartAsync(_bridge, 1, "anna", Cancellation);
    }

    [Fact]
    public async Task Whoever_watches_one_that_is_taken_up_sees_it_from_its_beginning()
    {
        var stuck = await StuckAsync();
        _bridge.UndoFails = false;
        _bridge.Hold = new TaskCompletionSource();

        await _runner.ResumeAsync([_bridge], stuck.Id, Cancellation);
        var watching = _runner.WatchAsync(stuck.Id, Cancellation).ToListAsync(Cancellation);
        _bridge.Hold.SetResult();

        Assert.Equal(
            [StepState.UndoFailed, StepState.Undone],
            (await watching).OfType<OperationEvent.StepChanged>().Select(happening => happening.Record.State));
    }

    [Fact]
    public async Task What_cannot_be_resumed_is_refused_by_what_it_is()
    {
        var stuck = await StuckAsync();
        _bridge.Hold = new TaskCompletionSource();
        await _runner.ResumeAsync([_bridge], stuck.Id, Cancellation);

        Assert.Equal("operation.under-way", await RefusalAsync(stuck.Id));
        _bridge.UndoFails = false;
        _bridge.Hold.SetResult();
        await _runner.WhenIdleAsync();
        Assert.Equal("operation.has-ended", await RefusalAsync(stuck.Id));
        Assert.Equal("operation.unknown", await RefusalAsync("0123"));
    }

    [Fact]
    public async Task Who_is_told_to_resume_what_a_newer_version_began_says_so()
    {
        await _log.BeginAsync(
            new OperationRecord("1", "teleport", "subject", "{}", "anna", OperationState.Stuck, _clock.GetUtcNow()), Cancellation);

        Assert.Equal("operation.unknown-kind", await RefusalAsync("1"));
    }

    [Fact]
    public async Task An_operation_is_taken_up_once_although_the_clock_and_somebody_want_to()
    {
        var stuck = await StuckAsync();
        _bridge.Hold = new TaskCompletionSource();

        await _runner.ResumeAsync([_bridge], stuck.Id, Cancellation);
        Assert.Empty(await _runner.ResumeUnfinishedAsync([_bridge], Cancellation));
        _bridge.Hold.SetResult();
        await _runner.WhenIdleAsync();

        Assert.Equal(2, _bridge.Undos);
    }

    private async Task<OperationRecord> StuckAsync()
    {
        var record = await _runner.StartAsync(_bridge, 1, "anna", Cancellation);
        await _runner.WhenIdleAsync();
        var stuck = (await _log.FindAsync(record.Id, Cancellation))!;
        Assert.Equal(OperationState.Stuck, stuck.State);
        return stuck;
    }

    private async Task<string> RefusalAsync(string id) =>
        (await Assert.ThrowsAsync<NuaException>(() => _runner.ResumeAsync([_bridge], id, Cancellation))).Problem.Code;

    /// <summary>One step that fails, and cannot be undone until it is told so.</summary>
    private sealed class Bridge() : UseCase<int, int>("bridge", StoryJson.Default.Int32, StoryJson.Default.Int32)
    {
        public bool UndoFails { get; set; } = true;

        public int Undos { get; private set; }

        public TaskCompletionSource? Hold { get; set; }

        public override string SubjectOf(int request) => "subject";

        public override async Task<int> RunAsync(int request, Operation operation, CancellationToken cancellation)
        {
            await operation.StepAsync("span it", () => throw new NuaException(Collapse), UndoAsync);
            return request;
        }

        private async Task UndoAsync()
        {
            Undos++;
            await (Hold?.Task ?? Task.CompletedTask);
            if (UndoFails)
            {
                throw new NuaException(Collapse);
            }
        }

        private static Problem Collapse => new(ProblemKind.Conflict, "bridge.collapsed", "It collapsed.", "Build it of stone.");
    }
}
