using System.Globalization;
using Nua.Core.Names;

namespace Nua.Engine.Deploy;

/// <summary>
/// What Nua's objects are called on an engine. The parts are joined by underscores, which an instance's name cannot hold:
/// so two instances never come to the same name.
/// </summary>
/// <param name="Server">The name that tells this server's objects from those of another on the same engine.</param>
public sealed record EngineNames(string Server)
{
    /// <inheritdoc cref="Volume"/>
    public string Network(InstanceName instance, int lineage = 0) => $"{Server}_{instance}{Suffix(lineage)}";

    /// <param name="instance">Whose.</param>
    /// <param name="role">What the package calls it.</param>
    /// <param name="lineage">See <see cref="State.Deployment.Lineage"/>: what replaces an app shares nothing with it.</param>
    public string Volume(InstanceName instance, string role, int lineage = 0) => $"{Server}_{instance}_{Plain(role)}{Suffix(lineage)}";

    public string Workload(InstanceName instance, string role, int deployment) =>
        string.Create(CultureInfo.InvariantCulture, $"{Server}_{instance}_{Plain(role)}_{deployment}");

    /// <param name="instance">Whose.</param>
    /// <param name="key">Tells one command from all others; letters and digits.</param>
    public string OneOff(InstanceName instance, string key) => $"{Server}_{instance}_run-{key}";

    private static string Suffix(int lineage) => lineage == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"_{lineage}");

    /// <summary>The role in the letters every engine takes.</summary>
    private static string Plain(string role) =>
        string.Concat(role.ToLowerInvariant().Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' ? sign : '-'));
}
