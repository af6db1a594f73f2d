using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Sharing;

/// <summary>The words of shared servers.</summary>
public static class ShareProblems
{
    /// <summary>How <see cref="InUse"/> is known.</summary>
    public const string InUseCode = "share.in-use";

    /// <summary>How <see cref="NameTaken"/> is known.</summary>
    public const string NameTakenCode = "share.name-taken";

    /// <summary>The package has no such provider.</summary>
    public static Problem UnknownProvider(string name, IEnumerable<string> known) => new(
        ProblemKind.Invalid,
        "share.unknown-provider",
        $"The package has no provider '{name}' to share.",
        known.ToList() is { Count: > 0 } names ? $"It has: {string.Join(", ", names)}." : "It has none: leave --share out.");

    /// <summary>The provider cannot live in a server that others live in, too.</summary>
    public static Problem CannotBeShared(ProviderRequirement provider, string why) => new(
        ProblemKind.Invalid,
        "share.cannot-be-shared",
        $"The provider '{provider.Name}' cannot be shared: {why}.",
        $"Let it have a server of its own: leave out --share {provider.Name}, or 'shared' in the sites file.");

    /// <summary>There is data, and it does not move by itself.</summary>
    public static Problem DataDoesNotMove(InstanceName instance, string provider, bool shared) => new(
        ProblemKind.Conflict,
        "share.data-does-not-move",
        shared
            ? $"'{provider}' of '{instance}' has a server of its own, with data in it, which does not move to a shared one by itself."
            : $"'{provider}' of '{instance}' has its data in a shared server, from which it does not move to one of its own by itself.",
        $"Leave it where it is; or give the data up with 'nua destroy {instance} --with-data', and deploy it again.");

    /// <summary>Somebody else has the name that the shared server would have.</summary>
    public static Problem NameTaken(InstanceName server, string app) => new(
        ProblemKind.Conflict,
        NameTakenCode,
        $"The shared server would be called '{server}', and there is an instance of '{app}' of that name, or the data of one.",
        $"Remove that with 'nua destroy {server} --with-data', or deploy without --share.");

    /// <summary>What is to be deployed would take the place of a shared server.</summary>
    public static Problem IsSharedServer(InstanceName server) => new(
        ProblemKind.Conflict,
        "share.is-shared-server",
        $"'{server}' is a server that instances share, and no app takes its place.",
        "Deploy the app under another name, with --as NAME.");

    /// <summary>Somebody lives in it.</summary>
    public static Problem InUse(InstanceName server, IReadOnlyList<InstanceName> tenants) => new(
        ProblemKind.Conflict,
        InUseCode,
        $"'{server}' is shared: {string.Join(", ", tenants.Select(tenant => $"'{tenant}'"))} would be without a database.",
        "Stop them first, or destroy them with their data if it is to go: "
        + $"{string.Join(", ", tenants.Select(tenant => $"'nua stop {tenant}'"))}.");

    /// <summary>It stands still.</summary>
    public static Problem ServerAtRest(InstanceRecord server) => new(
        ProblemKind.Conflict,
        "share.server-at-rest",
        $"The shared server '{server.Name}' is {server.Desired.ToString().ToLowerInvariant()}.",
        $"Start it first, with 'nua start {server.Name}'.");

    /// <summary>It was removed.</summary>
    public static Problem ServerGone(InstanceName server) => new(
        ProblemKind.Conflict,
        "share.server-gone",
        $"The shared server '{server}' is not there.",
        "Deploy the instance again with 'nua deploy': that makes it, with the data it had if that was kept.");

    /// <summary>The server did not do as it was told.</summary>
    public static Problem NotAdmitted(InstanceName server, string provider, string why) => new(
        ProblemKind.Conflict,
        "share.not-admitted",
        $"'{server}' has no database for '{provider}': {why}.",
        $"See 'nua logs {server}'. If a name is another's, give one that is free, with env under [[site.provider]] in a sites file.");

    /// <summary>The server did not forget the tenants it was told to.</summary>
    public static Problem NotDismissed(InstanceName server, string why) => new(
        ProblemKind.Unavailable,
        "share.not-dismissed",
        $"'{server}' did not drop a database and its user: {why}.",
        $"See that it runs with 'nua status {server}', and ask again.");

    /// <summary>The runtime has no guests in networks.</summary>
    public static Problem NoGuests(string runtime) => new(
        ProblemKind.Conflict,
        "share.no-guests",
        $"The runtime '{runtime}' cannot have a server in the networks of several instances.",
        "Deploy without --share.");

    /// <exception cref="NuaException"><c>share.in-use</c>: there are tenants</exception>
    internal static void Refuse(InstanceName server, IEnumerable<InstanceName> tenants)
    {
        if (tenants.Distinct().ToList() is [_, ..] some)
        {
            throw new NuaException(InUse(server, some));
        }
    }
}
