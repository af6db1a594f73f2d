namespace Nua.Drivers.Images.Docker;

/// <summary>What builds may take of a machine.</summary>
/// <param name="AtOnce">How many of them run at the same time; the others wait.</param>
/// <param name="MemoryBytes">What the steps of all of them may take together; <see langword="null"/>: all there is.</param>
public sealed record BuildLimits(int AtOnce, long? MemoryBytes = null)
{
    /// <summary>One for each core.</summary>
    public static BuildLimits Usual { get; } = new(Environment.ProcessorCount);
}
