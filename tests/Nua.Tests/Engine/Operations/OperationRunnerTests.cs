using System.Text.Json.Serialization;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Operations;

public sealed class OperationRunnerTests
{
    private readonly InMemoryOperationLog _log = new();
    private readonly World _world = new();
    private readonly List<Exception> _bugs = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Steps_happen_in_order_and_the_result_is_kept()
    {
        var ended = await RunAsync(new Story(_world));

        Assert.Equal((OperationState.Succeeded, "3"), (ended.State, ended.Result));
        Assert.Equal(["made a", "made b", "committed", "tidied"], _world.Happened);
    }

    [Fact]
    public async Task A_failure_undoes_what_was_done_last_first_and_tells_the_cause()
    {
        var ended = await RunAsync(new Story(_world) { FailAt = "commit" });

        Assert.Equal((OperationState.Failed, "some.failure"), (ended.State, ended.Problem!.Code));
        Assert.Equal(["made a", "made b", "unmade b", "unmade a"], _world.Happened);
    }

    [Fact]
    public async Task A_step_that_fails_is_undone_too_because_half_of_it_may_have_happened()
    {
        await RunAsync(new Story(_world) { FailAt = "b" });

        Assert.Equal(["made a", "unmade b", "unmade a"], _world.Happened);
    }

    [Fact]
    public async Task What_cannot_be_tidied_is_said_and_the_operation_still_succeeds()
    {
        var ended = await RunAsync(new Story(_world) { FailAt = "tidy" });

        Assert.Equal((OperationState.Succeeded, "operation.untidy"), (ended.State, ended.Problem!.Code));
    }

    [Fact]
    public async Task An_undo_that_fails_leaves_the_operation_stuck_and_its_subject_locked()
    {
        var ended = await RunAsync(new Story(_world) { FailAt = "commit", UndoFails = true });

        Assert.Equal(OperationState.Stuck, ended.State);
        await Assert.ThrowsAsync<NuaException>(() => RunAsync(new Story(_world)));
    }

    [Fact]
    public async Task A_bug_is_reported_and_told_without_a_stack_trace()
    {
        var ended = await RunAsync(new Story(_world) { Bug = true });

        Assert.Equal((OperationState.Failed, "operation.bug"), (ended.State, ended.Problem!.Code));
        Assert.DoesNotContain("   at ", ended.Problem.Message);
        Assert.Single(_bugs);
    }

    /// <summary>The heart: wherever the process dies, what is left after the next start is the old world or the new one.</summary>
    [Fact]
    public async Task A_crash_at_any_write_ends_in_the_old_world_or_the_new()
    {
        await RunAsync(new Story(_world));
        var writes = _log.Writes;
        for (var write = 1; write <= writes; write++)
        {
            var world = new World();
            var log = new InMemoryOperationLog { DieAtWrite = write };
            await DieAsync(log, new Story(world));
            log.DieAtWrite = 0;

            await new OperationRunner(log, TimeProvider.System, Report).ResumeUnfinishedAsync([new Story(world)], Cancellation);

            Assert.Empty(await log.UnfinishedAsync(Cancellation));
            Assert.Equal(world.Committed ? ["a", "b"] : [], world.Things.Order());
            Assert.Equal(world.Committed, world.Tidied);
        }

        Assert.True(writes >= 8);
    }

    [Fact]
    public async Task A_crash_during_the_undo_is_undone_by_the_next_start()
    {
        for (var write = 1; write <= 20; write++)
        {
            var world = new World();
            var log = new InMemoryOperationLog { DieAtWrite = write };
            await DieAsync(log, new Story(world) { FailAt = "commit" });
            log.DieAtWrite = 0;

            await new OperationRunner(log, TimeProvider.System, Report)
                .ResumeUnfinishedAsync([new Story(world) { FailAt = "commit" }], Cancellation);

            Assert.Empty(world.Things);
        }
    }

    [Fact]
    public async Task Whoever_watches_late_sees_everything_from_the_start()
    {
        var runner = new OperationRunner(_log, TimeProvider.System, Report);
        var record = await runner.StartAsync(new Story(_world), 1, "somebody", Cancellation);
        await runner.WhenIdleAsync();

        var seen = await runner.WatchAsync(record.Id, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(
            ["have a", "have b", "commit", "tidy"],
            seen.OfType<OperationEvent.StepChanged>().Select(happening => happening.Record.Name).Distinct());
        Assert.IsType<OperationEvent.Ended>(seen[^1]);
    }

    private async Task<OperationRecord> RunAsync(Story story)
    {
        var runner = new OperationRunner(_log, TimeProvider.System, Report);
        var record = await runner.StartAsync(story, 1, "somebody", Cancellation);
        await foreach (var _ in runner.WatchAsync(record.Id, Cancellation))
        {
        }

        return (await _log.FindAsync(record.Id, Cancellation))!;
    }

    private async Task DieAsync(InMemoryOperationLog log, Story story)
    {
        var runner = new OperationRunner(log, TimeProvider.System, Report);
        await runner.StartAsync(story, 1, "somebody", Cancellation);
        await Record.ExceptionAsync(runner.WhenIdleAsync);
    }

    private void Report(OperationRecord operation, Exception bug) => _bugs.Add(bug);

    private sealed class World
    {
        public HashSet<string> Things { get; } = [];

        public List<string> Happened { get; } = [];

        public bool Committed { get; set; }

        public bool Tidied { get; set; }
    }

    private sealed class Story(World world) : UseCase<int, int>("story", StoryJson.Default.Int32, StoryJson.Default.Int32)
    {
        public string? FailAt { get; init; }

        public bool UndoFails { get; init; }

        public bool Bug { get; init; }

        public override string SubjectOf(int request) => "subject";

        public override async Task<int> RunAsync(int request, Operation operation, CancellationToken cancellation)
        {
            var two = await operation.StepAsync("have a", StoryJson.Default.Int32, () => Make("a", request + 1), () => Unmake("a"));
            await operation.StepAsync("have b", () => Make("b", 0), () => Unmake("b"));
            if (Bug)
            {
                throw new InvalidOperationException("unforeseen");
            }

            await operation.CommitAsync("commit", () => Happen("commit", "committed", () => world.Committed = true));
            await operation.TidyAsync("tidy", () => Happen("tidy", "tidied", () => world.Tidied = true));
            return two + 1;
        }

        private async Task<int> Make(string thing, int answer)
        {
            await Happen(thing, $"made {thing}", () => world.Things.Add(thing));
            return answer;
        }

        private Task Unmake(string thing)
        {
            if (UndoFails)
            {
                throw new NuaException(Failure);
            }

            world.Things.Remove(thing);
            world.Happened.Add($"unmade {thing}");
            return Task.CompletedTask;
        }

        private Task Happen(string what, string happened, Action change)
        {
            if (FailAt == what)
            {
                throw new NuaException(Failure);
            }

            change();
            world.Happened.Add(happened);
            return Task.CompletedTask;
        }

        private static Problem Failure => new(ProblemKind.Conflict, "some.failure", "It failed.", "Mend it.");
    }
}

[JsonSerializable(typeof(int))]
internal sealed partial class StoryJson : JsonSerializerContext;
