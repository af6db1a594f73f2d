using Nua.Core.Problems;
using Nua.Engine.Runtimes;
using Nua.Testing.Contracts;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Runtimes;

public sealed class InMemoryRuntimeTests : RuntimeDriverContract
{
    private readonly InMemoryRuntime _memory;

    public InMemoryRuntimeTests() => _memory = new InMemoryRuntime(Owner.Server) { AbsentImages = { AbsentImage } };

    protected override IRuntimeDriver Runtime => _memory;

    protected override string Image => "tiny:1";

    [Fact]
    public async Task It_fails_where_a_test_tells_it_to_and_only_there()
    {
        var problem = new Problem(ProblemKind.Unavailable, "runtime.disk-full", "No space was left.", "Make some.");
        _memory.FailOn(nameof(IRuntimeDriver.StartAsync), problem, Sleeper.Id.Value);

        var failure = await Assert.ThrowsAsync<NuaException>(() => Runtime.StartAsync(Sleeper, Cancellation));
        _memory.Heal();
        await Runtime.StartAsync(Sleeper, Cancellation);

        Assert.Same(problem, failure.Problem);
        Assert.Equal([Sleeper.Id.Value], _memory.Running);
    }

    [Fact]
    public async Task A_crashed_workload_is_restarting_with_its_exit_code()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);

        _memory.Crash(Sleeper.Id.Value, exitCode: 3);

        var workload = await Runtime.FindAsync(Sleeper.Id, Cancellation);
        Assert.Equal((WorkloadStatus.Restarting, 3, null), (workload!.Status, workload.ExitCode, workload.Address));
    }

    protected override IRuntimeDriver RuntimeOf(string server) => _memory.Of(server);

    protected override Task MakeForeignAsync(string kind, string name, IReadOnlyDictionary<string, string> labels)
    {
        _memory.AddForeign(kind, name);
        return Task.CompletedTask;
    }

    protected override Task<bool> HasForeignAsync(string kind, string name) => Task.FromResult(_memory.HasForeign(kind, name));

    protected override Task RemoveForeignAsync(string kind, string name) => Task.CompletedTask;

    protected override Task<string> InspectAsTextAsync(WorkloadId id) => Task.FromResult(_memory.SpecOf(id.Value).ToString());
}
