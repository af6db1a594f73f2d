using System.Globalization;
using System.Text;
using Nua.Core.Names;
using Nua.Engine.Providers;

namespace Nua.Engine.Measuring;

/// <summary>Writes the figures of an instance as monitoring systems read them: OpenMetrics 1.0, as text. Pure.</summary>
public static class OpenMetricsText
{
    /// <summary>What it is called.</summary>
    public const string MediaType = "application/openmetrics-text";

    /// <summary>The version of it.</summary>
    public const string Version = "1.0.0";

    private static readonly MetricFamily Up =
        MetricFamily.Gauge("nua_provider_up", "1: the provider answered when it was asked for its figures; 0: it did not");

    /// <summary>All of one name stand together, after what is said of them; the end is marked.</summary>
    public static string Of(InstanceMetrics metrics)
    {
        var text = new StringBuilder();
        var families = metrics.Workloads
            .SelectMany(workload => SamplesOf(metrics.Instance, workload))
            .GroupBy(sample => sample.Metric.Family.Name, StringComparer.Ordinal)
            .OrderBy(family => family.Key, StringComparer.Ordinal);
        foreach (var family in families)
        {
            Describe(text, family.First().Metric.Family);
            foreach (var sample in family)
            {
                Write(text, sample);
            }
        }

        return text.Append("# EOF\n").ToString();
    }

    private static IEnumerable<Sample> SamplesOf(InstanceName instance, WorkloadMetrics workload)
    {
        var ofInstance = new MetricLabel("instance", instance.ToString());
        foreach (var metric in workload.Use)
        {
            yield return new Sample(metric, [ofInstance, new MetricLabel("workload", workload.Role)]);
        }

        if (workload.Server is { } server)
        {
            foreach (var metric in server.Metrics.Prepend(new Metric(Up, server.Silence is null ? 1 : 0)))
            {
                yield return new Sample(metric, [ofInstance, new MetricLabel("provider", workload.Role)]);
            }
        }
    }

    private static void Describe(StringBuilder text, MetricFamily family)
    {
        text.Append("# TYPE ").Append(family.Name).Append(family.Kind is MetricKind.Counter ? " counter\n" : " gauge\n");
        if (family.Unit.Length > 0)
        {
            text.Append("# UNIT ").Append(family.Name).Append(' ').Append(family.Unit).Append('\n');
        }

        text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escaped(family.Help)).Append('\n');
    }

    private static void Write(StringBuilder text, Sample sample)
    {
        var (family, value, label) = sample.Metric;
        var labels = label is null ? sample.Labels : [.. sample.Labels, label];
        text.Append(family.Name)
            .Append(family.Kind is MetricKind.Counter ? "_total" : "")
            .Append('{')
            .AppendJoin(',', labels.Select(one => $"{one.Name}=\"{Escaped(one.Value)}\""))
            .Append("} ")
            .Append(value.ToString("R", CultureInfo.InvariantCulture))
            .Append('\n');
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    private sealed record Sample(Metric Metric, IReadOnlyList<MetricLabel> Labels);
}
