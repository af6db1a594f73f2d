using Nua.Core.Names;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers;

/// <summary>A server that can hold the databases of several instances, of which none reads another's.</summary>
/// <remarks>
/// The commands run inside its workload, as its administrator, and can be run again at any time, side by side too. No secret of theirs
/// stands on a command line or in the server's log. Each passes <c>TenantContract</c> on a real server.
/// </remarks>
public interface IHoldsTenants : IServerProvider
{
    /// <summary>How a command ends that would fail again: something of the name is there and is not the tenant's.</summary>
    const int WillNot = 3;

    /// <summary>The variables of the module that a tenant has, too; others are the administrator's alone.</summary>
    IReadOnlyList<string> TenantVariables { get; }

    /// <summary>Those of them that are names of what is made in the server.</summary>
    IReadOnlyList<string> TenantNames { get; }

    /// <summary>
    /// After it the tenant has its database and its user, and the user the password that stands in its environment. What is there
    /// of the tenant stays, with the mark it has; what is somebody else's is left alone, and the command ends with <see cref="WillNot"/>.
    /// </summary>
    /// <param name="server">The server's own environment, secrets filled in.</param>
    /// <param name="tenant">Whom to let in.</param>
    ExecCommand Admit(IReadOnlyDictionary<string, string> server, Tenant tenant);

    /// <summary>After it the databases and users of those tenants are gone, whoever is connected to them.</summary>
    /// <param name="server">The server's own environment, secrets filled in.</param>
    /// <param name="tenants">What their <see cref="TenantMark"/> begins with.</param>
    ExecCommand Dismiss(IReadOnlyDictionary<string, string> server, string tenants);
}

/// <summary>Who is to have a database in a shared server.</summary>
/// <param name="Mark">What is written at what is made for it.</param>
/// <param name="Env">What its app is told, secrets filled in.</param>
public sealed record Tenant(TenantMark Mark, IReadOnlyDictionary<string, string> Env);

/// <summary>Says of a user of a shared server whose it is, as ownership labels do on an engine.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Lineage">See <see cref="State.Deployment.Lineage"/>.</param>
/// <param name="Role">The provider's name.</param>
/// <param name="Operation">The operation that made it.</param>
public sealed record TenantMark(InstanceName Instance, int Lineage, string Role, string Operation)
{
    /// <summary>All but the operation: whoever comes with the same is the same tenant.</summary>
    public string Owner => $"{Of(Instance, Lineage)}{Role}";

    /// <summary>What the marks of all tenants of an instance begin with.</summary>
    public static string Of(InstanceName instance) => $"nua {instance} ";

    /// <summary>The same of one app that had the instance's name.</summary>
    public static string Of(InstanceName instance, int lineage) => $"{Of(instance)}{lineage} ";

    public override string ToString() => $"{Owner} {Operation}";
}
