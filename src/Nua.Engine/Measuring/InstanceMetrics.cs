using Nua.Core.Names;
using Nua.Engine.Providers;

namespace Nua.Engine.Measuring;

/// <summary>The figures of an instance at one moment.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="At">When they were asked for.</param>
/// <param name="Workloads">What runs for it; the app last.</param>
public sealed record InstanceMetrics(InstanceName Instance, DateTimeOffset At, IReadOnlyList<WorkloadMetrics> Workloads);

/// <summary>The figures of a workload.</summary>
/// <param name="Role"><c>app</c>, or the provider's name.</param>
/// <param name="Module">The provider's module; <see langword="null"/> for the app and plain images.</param>
/// <param name="Use">What it uses, as the engine tells it; empty when it does not.</param>
/// <param name="Server">What its server tells of itself; <see langword="null"/>: it is none that can be asked.</param>
public sealed record WorkloadMetrics(string Role, string? Module, IReadOnlyList<Metric> Use, ServerAnswer? Server);

/// <summary>What a server told of itself.</summary>
/// <param name="Metrics">Its figures.</param>
/// <param name="Silence">Why there are none; <see langword="null"/>: it answered.</param>
public sealed record ServerAnswer(IReadOnlyList<Metric> Metrics, string? Silence = null);
