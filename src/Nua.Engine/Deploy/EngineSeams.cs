using Nua.Engine.Images;
using Nua.Engine.Providers;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Everything outside the engine that a use case works through, as the house plugged it in.</summary>
public sealed record EngineSeams
{
    /// <summary>Where workloads run.</summary>
    public required IRuntimeDriver Runtime { get; init; }

    /// <summary>The images there are.</summary>
    public required IImageStore ImageStore { get; init; }

    /// <summary>Where images come from that are not there yet.</summary>
    public required ImageSupply ImageSupply { get; init; }

    /// <summary>The public door.</summary>
    public required IGateway Gateway { get; init; }

    /// <summary>What instances there are, and their history.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>What is made once and kept.</summary>
    public required IVault Vault { get; init; }

    /// <summary>The services apps can ask for.</summary>
    public required ProviderCatalog Providers { get; init; }

    /// <summary>Asks an app whether it serves.</summary>
    public required IWebProbe Probe { get; init; }

    /// <summary>The time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Tells this server's objects on the engine from another's.</summary>
    public required EngineNames Names { get; init; }

    /// <summary>The folders this server keeps its state, its settings and its secrets in: never to be laid into a container.</summary>
    public IReadOnlyList<string> OwnFolders { get; init; } = [];

    /// <summary>What an instance's domain ends in when nobody names one: <c>guestbook.localhost</c>.</summary>
    public string DomainSuffix { get; init; } = "localhost";
}
