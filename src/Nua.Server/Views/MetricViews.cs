using Nua.Api;
using Nua.Engine.Measuring;
using Nua.Engine.Providers;

namespace Nua.Server.Views;

/// <summary>Figures as they travel. Pure.</summary>
internal static class MetricViews
{
    public static InstanceMetricsView Of(InstanceMetrics metrics) => new(
        metrics.Instance.ToString(), metrics.At, [.. metrics.Workloads.Select(Of)]);

    private static WorkloadMetricsView Of(WorkloadMetrics workload) => new(
        workload.Role,
        workload.Server switch { null => "not-asked", { Silence: null } => "answered", _ => "silent" },
        [.. workload.Use.Concat(workload.Server?.Metrics ?? []).Select(Of)],
        workload.Module,
        workload.Server?.Silence);

    private static MetricView Of(Metric metric) => new(
        metric.Family.Name,
        Kebab.Of(metric.Family.Kind),
        metric.Value,
        metric.Family.Help,
        metric.Family.Unit.Length > 0 ? metric.Family.Unit : null,
        metric.Label?.Value);
}
