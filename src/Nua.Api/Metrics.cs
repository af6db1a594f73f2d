namespace Nua.Api;

/// <summary>The figures of an instance, asked for now.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Workloads">What runs for it; the app last.</param>
public sealed record InstanceMetricsView(string Instance, DateTimeOffset At, IReadOnlyList<WorkloadMetricsView> Workloads);

/// <summary>The figures of a workload.</summary>
/// <param name="Workload"><c>app</c>, or the provider's name.</param>
/// <param name="State">
/// <c>answered</c>; <c>silent</c>: its server did not answer, and <c>reason</c> says why; <c>not-asked</c>: it is no server
/// that could be.
/// </param>
/// <param name="Metrics">What it uses, as far as the engine tells, and what its server tells of itself.</param>
/// <param name="Module">The provider's module, such as <c>postgres</c>; <see langword="null"/> for the app and plain images.</param>
/// <param name="Reason">Why its server did not answer.</param>
public sealed record WorkloadMetricsView(
    string Workload, string State, IReadOnlyList<MetricView> Metrics, string? Module = null, string? Reason = null);

/// <summary>One figure.</summary>
/// <param name="Name">As OpenMetrics names it, such as <c>nua_postgres_size_bytes</c>; of a counter without <c>_total</c>.</param>
/// <param name="Kind"><c>gauge</c>: it comes and goes; <c>counter</c>: it only grows, and begins again with the server.</param>
/// <param name="Value">How much.</param>
/// <param name="Help">What it says.</param>
/// <param name="Unit"><c>bytes</c> or <c>seconds</c>; <see langword="null"/> for what is counted.</param>
/// <param name="Part">Of which part of the server, where there are several: the name of a queue.</param>
public sealed record MetricView(string Name, string Kind, double Value, string Help, string? Unit = null, string? Part = null);
