using Nua.Engine.Deploy;
using Nua.Engine.State;

namespace Nua.Engine.Cloning;

/// <summary>What a clone will do.</summary>
/// <param name="Deploy">How the copy is made from what the source runs.</param>
/// <param name="Volumes">What is copied.</param>
/// <param name="Values">What the copy keeps, and which value of the source it is.</param>
internal sealed record ClonePlan(DeployPlan Deploy, IReadOnlyList<VolumeCopy> Volumes, IReadOnlyDictionary<KeptReference, KeptKey> Values);

/// <summary>A volume, and the one it becomes.</summary>
internal sealed record VolumeCopy(VolumePlan From, VolumePlan To);
