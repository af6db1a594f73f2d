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

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    [InlineData("third")]
    public async Task A_stuck_operation_that_is_tried_again_undoes_what_it_could_not(string stubborn)
    {
        var tower = new Tower { Stubborn = stubborn };
        var stuck = await RunAsync(tower, _log);
        tower.Stubborn = null;

        var ended = Assert.Single(await NewRunner(_log).ResumeUnfinishedAsync([tower], Cancellation));

        Assert.Equal(OperationState.Stuck, stuck.State);
        Assert.Equal((OperationState.Failed, "some.failure"), (ended.State, ended.Problem!.Code));
        Assert.Empty(tower.Standing);
    }

    [Fact]
    public async Task A_commit_that_happened_is_never_undone_although_the_journal_could_not_be_written_after_it()
    {
        var tower = new Tower { TopsOut = true };
        tower.AtCommit = () => _log.Refusal = DiskFull;

        await RunAsync(tower, _log);

        Assert.Equal(["first", "second", "third"], tower.Standing.Order());
    }

    [Fact]
    public async Task Everything_is_undone_although_the_journal_cannot_be_written()
    {
        var tower = new Tower();
        tower.AtThird = () =>
        {
            _log.Refusal = DiskFull;
            throw new InvalidOperationException("unforeseen");
        };

        var left = await RunAsync(tower, _log);
        var standing = tower.Standing.Count;
        _log.Refusal = null;
        var ended = Assert.Single(await NewRunner(_log).ResumeUnfinishedAsync([tower], Cancellation));

        Assert.Equal((0, OperationState.Running), (standing, left.State));
        Assert.Equal(OperationState.Failed, ended.State);
        Assert.Empty(tower.Standing);
    }

    [Fact]
    public async Task A_commit_whose_failure_cannot_be_journaled_is_tried_again_and_nothing_is_undone_before()
    {
        var tower = new Tower();
        tower.AtCommit = () => _log.Refusal = DiskFull;

        await RunAsync(tower, _log);
        var standing = tower.Standing.Count;
        _log.Refusal = null;
        (tower.AtCommit, tower.TopsOut) = (() => { }, true);
        var ended = Assert.Single(await NewRunner(_log).ResumeUnfinishedAsync([tower], Cancellation));

        Assert.Equal((3, 3), (standing, tower.Standing.Count));
        Assert.Equal(OperationState.Succeeded, ended.State);
    }

    [Fact]
    public async Task What_resists_is_tried_less_and_less_often_and_the_others_are_tried_all_the_same()
    {
        var clock = new HandClock();
        var runner = new OperationRunner(_log, clock, Report);
        var tower = new Tower { Stubborn = "second" };
        await RunAsync(tower, _log);
        await _log.BeginAsync(
            new OperationRecord("0", "tower", "other", "no JSON", "somebody", OperationState.Running, clock.GetUtcNow()), Cancellation);

        var first = await runner.ResumeUnfinishedAsync([tower], Cancellation);
        var second = await runner.ResumeUnfinishedAsync([tower], Cancellation);
        clock.Pass(TimeSpan.FromSeconds(15));
        var third = await runner.ResumeUnfinishedAsync([tower], Cancellation);

        Assert.Equal([OperationState.Stuck, OperationState.Failed], first.Select(operation => operation.State));
        Assert.Empty(second);
        Assert.Single(third);
    }

    [Fact]
    public async Task An_operation_that_runs_is_not_taken_for_an_interrupted_one()
    {
        var tower = new Tower { TopsOut = true, EndsInTime = false };
        var runner = NewRunner(_log);
        var record = await runner.StartAsync(tower, 1, "somebody", Cancellation);
        await tower.Committed.Task;

        Assert.Empty(await runner.ResumeUnfinishedAsync([tower], Cancellation));

        runner.Cancel(record.Id);
        await runner.WhenIdleAsync();
    }

    [Fact]
    public async Task What_is_cancelled_after_its_commit_is_not_said_to_be_undone()
    {
        var tower = new Tower { TopsOut = true, EndsInTime = false };
        var runner = NewRunner(_log);
        var record = await runner.StartAsync(tower, 1, "somebody", Cancellation);
        await tower.Committed.Task;

        runner.Cancel(record.Id);
        await runner.WhenIdleAsync();

        var ended = (await _log.FindAsync(record.Id, Cancellation))!;
        Assert.Equal((OperationState.Failed, ProblemKind.Partial), (ended.State, ended.Problem!.Kind));
        Assert.DoesNotContain("undone", ended.Problem.Message);
        Assert.Equal(3, tower.Standing.Count);
    }

    [Fact]
    public async Task One_that_gives_way_does_so_even_before_it_has_started()
    {
        var runner = NewRunner(_log);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _log.AfterBeginAsync = _ =>
        {
            _log.AfterBeginAsync = _ => Task.CompletedTask;
            begun.SetResult();
            return goOn.Task;
        };
        var courteous = runner.StartAsync(new Courteous(), 1, "clock", Cancellation);
        await begun.Task;

        var asked = runner.StartAsync(new Tower { TopsOut = true }, 1, "somebody", Cancellation);
        goOn.SetResult();

        await runner.WatchAsync((await asked).Id, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(OperationState.Failed, (await _log.FindAsync((await courteous).Id, Cancellation))!.State);
        Assert.Equal(OperationState.Succeeded, (await _log.FindAsync((await asked).Id, Cancellation))!.State);
    }

    [Fact]
    public async Task One_that_gives_way_is_not_waited_for_after_a_crash()
    {
        await _log.BeginAsync(
            new OperationRecord("1", "courteous", "subject", "1", "clock", OperationState.Running, DateTimeOffset.UnixEpoch), Cancellation);

        var ended = Assert.Single(await NewRunner(_log).ResumeUnfinishedAsync([new Courteous()], Cancellation));

        Assert.Equal((OperationState.Failed, "operation.unfinished"), (ended.State, ended.Problem!.Code));
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

    private Task<OperationRecord> RunAsync(Story story) => RunAsync(story, _log);

    private async Task<OperationRecord> RunAsync(UseCase<int, int> useCase, InMemoryOperationLog log)
    {
        var runner = NewRunner(log);
        var record = await runner.StartAsync(useCase, 1, "somebody", Cancellation);
        await foreach (var _ in runner.WatchAsync(record.Id, Cancellation))
        {
        }

        return (await log.FindAsync(record.Id, Cancellation))!;
    }

    private OperationRunner NewRunner(InMemoryOperationLog log) => new(log, TimeProvider.System, Report);

    private async Task DieAsync(InMemoryOperationLog log, Story story)
    {
        var runner = new OperationRunner(log, TimeProvider.System, Report);
        await runner.StartAsync(story, 1, "somebody", Cancellation);
        await Record.ExceptionAsync(runner.WhenIdleAsync);
    }

    private void Report(OperationRecord operation, Exception bug) => _bugs.Add(bug);

    private static Problem DiskFull => new(ProblemKind.Unavailable, "state.disk-full", "The disk is full.", "Make room.");

    /// <summary>Goes on for ever unless somebody else wants its subject.</summary>
    private sealed class Courteous() : UseCase<int, int>("courteous", StoryJson.Default.Int32, StoryJson.Default.Int32)
    {
        public override bool GivesWay => true;

        public override string SubjectOf(int request) => "subject";

        public override async Task<int> RunAsync(int request, Operation operation, CancellationToken cancellation)
        {
            await operation.StepAsync("wait", () => Task.Delay(Timeout.InfiniteTimeSpan, cancellation));
            return request;
        }
    }

    /// <summary>Three floors that each answer something, and a commit that fails unless it is told otherwise.</summary>
    private sealed class Tower() : UseCase<int, int>("tower", StoryJson.Default.Int32, StoryJson.Default.Int32)
    {
        public HashSet<string> Standing { get; } = [];

        public TaskCompletionSource Committed { get; } = new();

        public Action AtCommit { get; set; } = () => { };

        public Action AtThird { get; set; } = () => { };

        public bool TopsOut { get; set; }

        public bool EndsInTime { get; init; } = true;

        /// <summary>The floor that cannot be taken down.</summary>
        public string? Stubborn { get; set; }

        public override string SubjectOf(int request) => "subject";

        public override async Task<int> RunAsync(int request, Operation operation, CancellationToken cancellation)
        {
            foreach (var floor in new[] { "first", "second", "third" })
            {
                await operation.StepAsync($"build the {floor}", StoryJson.Default.Int32, () => BuildAsync(floor), () => TakeDownAsync(floor));
            }

            await operation.CommitAsync("top it out", CommitAsync);
            if (!EndsInTime)
            {
                await operation.StepAsync("wait", () => Task.Delay(Timeout.InfiniteTimeSpan, cancellation));
            }

            return Standing.Count;
        }

        private Task<int> BuildAsync(string floor)
        {
            Standing.Add(floor);
            if (floor == "third")
            {
                AtThird();
            }

            return Task.FromResult(Standing.Count);
        }

        private Task CommitAsync()
        {
            AtCommit();
            Committed.TrySetResult();
            return TopsOut ? Task.CompletedTask : throw new NuaException(Failure);
        }

        private Task TakeDownAsync(string floor)
        {
            if (floor == Stubborn)
            {
                throw new NuaException(Failure);
            }

            Standing.Remove(floor);
            return Task.CompletedTask;
        }

        private static Problem Failure => new(ProblemKind.Conflict, "some.failure", "It failed.", "Mend it.");
    }

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
