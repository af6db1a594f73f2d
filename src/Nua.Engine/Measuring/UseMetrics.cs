using Nua.Engine.Providers;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Measuring;

/// <summary>What a workload uses, as figures. Pure.</summary>
internal static class UseMetrics
{
    private static readonly MetricFamily Memory =
        MetricFamily.Bytes("nua_workload_memory_bytes", "Memory that the workload holds");

    private static readonly MetricFamily MemoryAllowed =
        MetricFamily.Bytes("nua_workload_memory_allowed_bytes", "The most memory it may hold: its bound, or all of the machine's");

    private static readonly MetricFamily Processor =
        new("nua_workload_processor_seconds", MetricKind.Counter, "seconds", "Time of the processor that it used since it was started");

    private static readonly MetricFamily Processes =
        MetricFamily.Gauge("nua_workload_processes", "Processes and threads that it has");

    public static IReadOnlyList<Metric> Of(WorkloadUse use) =>
    [
        new Metric(Memory, use.MemoryBytes),
        new Metric(MemoryAllowed, use.MemoryAllowedBytes),
        new Metric(Processor, use.Processor.TotalSeconds),
        new Metric(Processes, use.Processes),
    ];
}
