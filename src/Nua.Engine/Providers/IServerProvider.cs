using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers;

/// <summary>A provider that is a server: a workload of its own beside the app's.</summary>
/// <remarks>Each passes <c>ProviderContract</c> on a real server.</remarks>
public interface IServerProvider : IProvider
{
    /// <summary>The versions it can be had in, the preferred one first.</summary>
    IReadOnlyList<string> Versions { get; }

    /// <summary>The image of that version.</summary>
    ImageRecipe Image(string version);

    /// <summary>Proves that it serves: a real connection with the credentials an app would use.</summary>
    /// <param name="env">Its environment, secrets filled in.</param>
    ExecCommand IsReady(IReadOnlyDictionary<string, string> env);
}
