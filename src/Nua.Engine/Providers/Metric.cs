namespace Nua.Engine.Providers;

/// <summary>One figure of a server at one moment.</summary>
/// <param name="Family">What it is a figure of.</param>
/// <param name="Value">How much, in the family's unit.</param>
/// <param name="Label">Of which part of the server, where there are several; <see langword="null"/>: of all of it.</param>
public sealed record Metric(MetricFamily Family, double Value, MetricLabel? Label = null);

/// <summary>A part of a server, such as the queue <c>mails</c>.</summary>
public sealed record MetricLabel(string Name, string Value);

/// <summary>What figures of one name have in common, as OpenMetrics 1.0 wants it.</summary>
/// <param name="Name">Such as <c>nua_postgres_size_bytes</c>: it ends in its unit, and never in <c>_total</c>.</param>
/// <param name="Kind">Whether it comes and goes.</param>
/// <param name="Unit"><c>bytes</c> or <c>seconds</c>; empty for what is counted.</param>
/// <param name="Help">What it says, in a sentence without a full stop.</param>
public sealed record MetricFamily(string Name, MetricKind Kind, string Unit, string Help)
{
    /// <summary>Something that comes and goes.</summary>
    public static MetricFamily Gauge(string name, string help) => new(name, MetricKind.Gauge, "", help);

    /// <summary>An amount of bytes that comes and goes.</summary>
    public static MetricFamily Bytes(string name, string help) => new(name, MetricKind.Gauge, "bytes", help);

    /// <summary>A time that comes and goes.</summary>
    public static MetricFamily Seconds(string name, string help) => new(name, MetricKind.Gauge, "seconds", help);

    /// <summary>What only grows while the server runs.</summary>
    public static MetricFamily Counter(string name, string help) => new(name, MetricKind.Counter, "", help);
}

/// <summary>How a figure behaves.</summary>
public enum MetricKind
{
    /// <summary>It comes and goes.</summary>
    Gauge,

    /// <summary>It only grows, and begins again with its server.</summary>
    Counter,
}
