using Docker.DotNet.Models;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>Hears once what a container uses.</summary>
internal sealed class ContainerUse : IProgress<ContainerStatsResponse>
{
    private const long NanosecondsInTick = 100;

    // The first is of cgroups version 2, the other of version 1.
    private static readonly string[] KeptAtHand = ["inactive_file", "total_inactive_file"];

    /// <summary>One answer at once: the engine need not wait for a second look, which only rates are made of.</summary>
    public static ContainerStatsParameters Once => new() { Stream = false, OneShot = true };

    /// <summary><see langword="null"/>: nothing was heard of a container that runs.</summary>
    public WorkloadUse? Heard { get; private set; }

    public void Report(ContainerStatsResponse value) => Heard ??= Of(value);

    /// <summary><see langword="null"/>: the container does not run.</summary>
    internal static WorkloadUse? Of(ContainerStatsResponse stats) => stats.MemoryStats is { Usage: { } memory } held
        ? new WorkloadUse(
            (long)(memory - Math.Min(memory, Cached(held))),
            (long)Math.Min(held.Limit ?? 0, long.MaxValue),
            TimeSpan.FromTicks((long)(stats.CPUStats?.CPUUsage?.TotalUsage ?? 0) / NanosecondsInTick),
            (long)(stats.PidsStats?.Current ?? 0))
        : null;

    // Where there are both, version 1 means the container's own by the first and all of it by the other.
    private static ulong Cached(MemoryStats held) =>
        KeptAtHand.Select(name => held.Stats is { } stats && stats.TryGetValue(name, out var bytes) ? bytes : 0).Max();
}
