using Nua.Core.Names;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes;

/// <summary>An <see cref="Ownership"/> as the labels that engines keep.</summary>
internal static class OwnerLabels
{
    public const string Server = "rocks.nua.server";
    public const string Instance = "rocks.nua.instance";
    public const string Operation = "rocks.nua.operation";
    public const string Role = "rocks.nua.role";

    public static Dictionary<string, string> Of(Ownership owner) => new()
    {
        [Server] = owner.Server,
        [Instance] = owner.Instance.ToString(),
        [Operation] = owner.Operation,
        [Role] = owner.Role,
    };

    /// <summary>Whose an object is; <see langword="null"/>: not Nua's, though it may carry labels of the same names.</summary>
    public static Ownership? Read(IDictionary<string, string>? labels) =>
        labels is not null
        && labels.TryGetValue(Server, out var server)
        && labels.TryGetValue(Instance, out var instance)
        && labels.TryGetValue(Operation, out var operation)
        && labels.TryGetValue(Role, out var role)
        && InstanceName.TryParse(instance) is { } name
            ? new Ownership(server, name, operation, role)
            : null;
}
