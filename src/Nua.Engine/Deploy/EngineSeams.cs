using Nua.Engine.Images;
using Nua.Engine.Providers;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Everything outside the engine that a use case works through, as the house plugged it in.</summary>
public sealed record EngineSeams
{
    public required IRuntimeDriver Runtime { get; init; }

    public required IImageStore ImageStore { get; init; }

    public required ImageSupply ImageSupply { get; init; }

    public required IGateway Gateway { get; init; }

    public required IJournal Journal { get; init; }

    public required IVault Vault { get; init; }

    public required ProviderCatalog Providers { get; init; }

    public required IWebProbe Probe { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Tells this server's objects on the engine from another's.</summary>
    public required EngineNames Names { get; init; }

    /// <summary>What an instance's domain ends in when nobody names one: <c>guestbook.localhost</c>.</summary>
    public string DomainSuffix { get; init; } = "localhost";
}
