using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Nua.Core.Names;
using Nua.Engine.Measuring;
using Nua.Engine.Providers;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Engine.Measuring;

public sealed partial class OpenMetricsTextTests
{
    private static readonly InstanceName Shop = InstanceName.Parse("shop");

    private static readonly MetricFamily[] Families =
    [
        MetricFamily.Gauge("nua_a_connections", "Clients"),
        MetricFamily.Counter("nua_a_commits", "With a \\ and a \" in it"),
        MetricFamily.Bytes("nua_b_size_bytes", "Two\nlines"),
        MetricFamily.Seconds("nua_b_oldest_seconds", "Age"),
    ];

    private static readonly Gen<Metric> OneMetric = Gen.Select(
        Gen.OneOf(Families),
        Gen.OneOf(Gen.Double[-1e9, 1e15], Gen.Long[0, long.MaxValue].Select(whole => (double)whole)),
        Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(text => (string?)text), Gen.OneOf("\\", "\"", "\n", "a\\nb", "}", "ä,b=\"", "").Select(text => (string?)text)))
        .Select((family, value, part) => new Metric(family, value, part is null ? null : new MetricLabel("queue", part)));

    private static readonly Gen<WorkloadMetrics> OneWorkload = Gen.Select(
        Gen.OneOf("app", "database", "cache"), OneMetric.Array[0, 4], OneMetric.Array[0, 4].Select(metrics => (Metric[]?)metrics), Gen.Bool)
        .Select((role, use, told, answers) => new WorkloadMetrics(
            role, "module", use, answers ? new ServerAnswer(told!) : told!.Length == 0 ? null : new ServerAnswer([], "Nobody knows why.")));

    [Fact]
    public void It_is_written_as_monitoring_systems_read_it() => Golden.Equal(
        "Engine/Measuring/openmetrics",
        OpenMetricsText.Of(new InstanceMetrics(
            Shop,
            default,
            [
                new WorkloadMetrics("database", "fake-sql", [new Metric(Families[2], 1048576)], new ServerAnswer([new Metric(Families[0], 3), new Metric(Families[1], 12)])),
                new WorkloadMetrics("queue", "fake-queue", [], new ServerAnswer([new Metric(Families[0], 0, new MetricLabel("queue", "\"a\"\\b\nc"))])),
                new WorkloadMetrics("cache", "fake-cache", [], new ServerAnswer([], "It is down.")),
                new WorkloadMetrics("app", Module: null, [new Metric(Families[2], 2.5), new Metric(Families[3], 1e21)], Server: null),
            ])));

    /// <summary>Read by the grammar of OpenMetrics 1.0, it is what was told, and the text is nothing else.</summary>
    [Fact]
    public void Whatever_is_told_can_be_read_again() => OneWorkload.Array[0, 5].Sample(
        workloads =>
        {
            var text = OpenMetricsText.Of(new InstanceMetrics(Shop, default, workloads));

            var samples = ReadWhole(text);

            Assert.Equal(
                workloads.SelectMany(Told).Order(StringComparer.Ordinal),
                samples.Select(sample => sample.ToString()).Order(StringComparer.Ordinal));
        },
        iter: 2000);

    private static IEnumerable<string> Told(WorkloadMetrics workload) =>
    [
        .. workload.Use.Select(metric => Said("workload", workload.Role, metric)),
        .. workload.Server is { } server
            ? server.Metrics.Select(metric => Said("provider", workload.Role, metric)).Append(
                new Sample("nua_provider_up", $"instance=shop|provider={workload.Role}", server.Silence is null ? 1 : 0).ToString())
            : [],
    ];

    private static string Said(string kind, string role, Metric metric) => new Sample(
        metric.Family.Kind is MetricKind.Counter ? metric.Family.Name + "_total" : metric.Family.Name,
        $"instance=shop|{kind}={role}{(metric.Label is { } label ? $"|{label.Name}={label.Value}" : "")}",
        metric.Value).ToString();

    private static List<Sample> ReadWhole(string text)
    {
        Assert.EndsWith("# EOF\n", text);
        var samples = new List<Sample>();
        var described = new HashSet<string>();
        var family = "";
        foreach (var line in text[..^"# EOF\n".Length].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Description.Match(line) is { Success: true } description)
            {
                var name = description.Groups["name"].Value;
                Assert.True(name == family || described.Add(name), $"{name} is described twice");
                Assert.True(description.Groups["unit"].Value is "" || name.EndsWith($"_{description.Groups["unit"].Value}", StringComparison.Ordinal), line);
                family = name;
                continue;
            }

            var sample = OneSample.Match(line);
            Assert.True(sample.Success, line);
            Assert.Equal(family, sample.Groups["name"].Value);
            samples.Add(new Sample(
                family + sample.Groups["total"].Value,
                string.Join('|', sample.Groups["label"].Captures.Zip(sample.Groups["value"].Captures, (label, value) => $"{label.Value}={Unescaped(value.Value)}")),
                double.Parse(sample.Groups["number"].Value, CultureInfo.InvariantCulture)));
        }

        return samples;
    }

    private static string Unescaped(string text) =>
        Escape.Replace(text, found => found.Value switch { "\\n" => "\n", var other => other[1..] });

    [GeneratedRegex(
        """^# (?:TYPE (?<name>[a-z_]+) (?:gauge|counter)|UNIT (?<name>[a-z_]+) (?<unit>[a-z]+)|HELP (?<name>[a-z_]+) (?:[^"\\]|\\["\\n])*)$""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Description { get; }

    [GeneratedRegex(
        """^(?<name>[a-z_]+?)(?<total>(?:_total)?)\{(?:,?(?<label>[a-z]+)="(?<value>(?:[^"\\]|\\["\\n])*)")+\} (?<number>-?[0-9]+(?:\.[0-9]+)?(?:E[+-][0-9]+)?)$""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneSample { get; }

    [GeneratedRegex(@"\\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape { get; }

    private sealed record Sample(string Name, string Labels, double Value);
}
