namespace Nua.Engine.Operations;

/// <summary>Which operations are asked for; what is <see langword="null"/> is not asked about.</summary>
/// <param name="Subject">What they change.</param>
/// <param name="Kind">What they do.</param>
/// <param name="State">How far they are.</param>
/// <param name="Since">When they started: then or later.</param>
/// <param name="Before">The id that they come before: where an earlier list ended.</param>
public sealed record OperationFilter(
    string? Subject = null,
    string? Kind = null,
    OperationState? State = null,
    DateTimeOffset? Since = null,
    string? Before = null);
