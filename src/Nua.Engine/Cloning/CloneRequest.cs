using Nua.Core.Names;
using Nua.Engine.Deploy;
using Nua.Engine.Protocol;
using Nua.Engine.State;

namespace Nua.Engine.Cloning;

/// <summary>A wish to have a copy of an instance, with its data.</summary>
/// <param name="Source">Which.</param>
/// <param name="As">What to call the copy.</param>
/// <param name="Domain">Where the copy is to answer; <see langword="null"/>: at a name made from its own.</param>
/// <param name="Share">Whether the copy may use the very folders and foreign volumes that the source uses: they are not copied.</param>
public sealed record CloneRequest(InstanceName Source, InstanceName As, string? Domain = null, bool Share = false);

/// <summary>What was found before anything was decided; journaled.</summary>
/// <param name="Source">What the source runs.</param>
/// <param name="State">What is wanted of the source: one that is to run is held still while its volumes are copied.</param>
/// <param name="Target">What there is under the name of the copy.</param>
public sealed record CloneFacts(Deployment Source, DesiredState State, DeployFacts Target)
{
    /// <summary>The volumes that the engine has of the source.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];
}

/// <summary>What came of it.</summary>
/// <param name="Instance">The copy.</param>
/// <param name="Source">What it is a copy of.</param>
/// <param name="Number">The copy's deployment.</param>
/// <param name="Url">Where it answers; <see langword="null"/> when it has no web face.</param>
/// <param name="Volumes">How many volumes were copied.</param>
/// <param name="GapMilliseconds">For how long the source was held still; 0: it was not.</param>
/// <param name="Tests">The steps of its protocol that passed through the gateway.</param>
public sealed record CloneResult(
    InstanceName Instance, InstanceName Source, int Number, string? Url, int Volumes, long GapMilliseconds, IReadOnlyList<TestOutcome> Tests);
