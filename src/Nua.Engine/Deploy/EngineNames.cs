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
    public string Network(InstanceName instance) => $"{Server}_{instance}";

    public string Volume(InstanceName instance, string role) => $"{Server}_{instance}_{Plain(role)}";

    public string Workload(InstanceName instance, string role, int deployment) =>
        string.Create(CultureInfo.InvariantCulture, $"{Server}_{instance}_{Plain(role)}_{deployment}");

    /// <summary>The role in the letters every engine takes.</summary>
    private static string Plain(string role) =>
        string.Concat(role.ToLowerInvariant().Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' ? sign : '-'));
}
