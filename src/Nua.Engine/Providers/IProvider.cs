using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers;

/// <summary>A service an app can ask for. It describes; the engine does.</summary>
/// <remarks>No member does I/O, so a provider is tested by comparing values. Each passes <c>ProviderContract</c> on a real server.</remarks>
public interface IProvider
{
    /// <summary>The name a packager writes as <c>module-name</c>, such as <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>The versions it can be had in, the preferred one first.</summary>
    IReadOnlyList<string> Versions { get; }

    /// <summary>Its environment: what an app looks up with <c>from</c>, and what configures it.</summary>
    IReadOnlyDictionary<string, Setting> Env { get; }

    /// <summary>Where it keeps its data.</summary>
    IReadOnlyList<Volume> Volumes { get; }

    /// <summary>The image of that version.</summary>
    ImageRecipe Image(string version);

    /// <summary>Proves that it serves: a real connection with the credentials an app would use.</summary>
    /// <param name="env">Its environment, secrets filled in.</param>
    ExecCommand IsReady(IReadOnlyDictionary<string, string> env);
}
