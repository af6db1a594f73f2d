using Nua.Core.Names;

namespace Nua.Engine.Deploy;

/// <summary>
/// Says who is in the way of an address. One instance has the whole of a host name, or several have different paths of it: a
/// visitor of a path must never meet another app because that one stopped.
/// </summary>
public static class AddressHolder
{
    /// <summary>Another instance that has the address, or the whole of its host, or a path of the host that is asked for whole.</summary>
    /// <param name="domain">A host name, perhaps with a path.</param>
    /// <param name="asker">Who wants it.</param>
    /// <param name="others">Who answers where.</param>
    public static (InstanceName Name, string Domain)? Of(
        string domain, InstanceName asker, IEnumerable<(InstanceName Name, string Domain)> others)
    {
        foreach (var other in others)
        {
            if (other.Name != asker && InTheWay(domain, other.Domain))
            {
                return other;
            }
        }

        return null;
    }

    private static bool InTheWay(string domain, string other) =>
        domain == other || (HostOf(domain) == HostOf(other) && (HostOf(domain) == domain || HostOf(other) == other));

    private static string HostOf(string domain) => domain.Split('/')[0];
}
