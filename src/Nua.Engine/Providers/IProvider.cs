using Nua.Core.Packages;

namespace Nua.Engine.Providers;

/// <summary>A service an app can ask for. It describes; the engine does.</summary>
/// <remarks>No member does I/O, so a provider is tested by comparing values. What runs is an <see cref="IServerProvider"/>.</remarks>
public interface IProvider
{
    /// <summary>The name a packager writes as <c>module-name</c>, such as <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>Its environment: what an app looks up with <c>from</c>, and what configures it.</summary>
    IReadOnlyDictionary<string, Setting> Env { get; }

    /// <summary>Where data is kept: in the provider's own workload if it has one, else in the app's.</summary>
    IReadOnlyList<Volume> Volumes { get; }
}
