using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Tests that kill the engine of the machine run one after the other, and no other test beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EngineAlone
{
    internal const string Name = "the engine alone";
}
