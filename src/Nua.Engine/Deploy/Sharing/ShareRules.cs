using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Sharing;

/// <summary>Says which providers may live in shared servers. Pure.</summary>
internal static class ShareRules
{
    /// <exception cref="NuaException">
    /// <c>share.is-shared-server</c>, <c>share.unknown-provider</c>, <c>share.data-does-not-move</c>
    /// </exception>
    public static void Refuse(InstanceName instance, DeployFacts facts, Package package)
    {
        if (facts.Heritage is { IsSharedServer: true } && facts.ServerKind is null)
        {
            throw new NuaException(ShareProblems.IsSharedServer(instance));
        }

        var names = package.Providers.Select(provider => provider.Name).ToList();
        if (facts.Sharing.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new NuaException(ShareProblems.UnknownProvider(unknown, names));
        }

        foreach (var name in names)
        {
            var shared = facts.IsShared(name, package);
            if (HasData(name, !shared, facts, package))
            {
                throw new NuaException(ShareProblems.DataDoesNotMove(instance, name, shared));
            }
        }
    }

    /// <exception cref="NuaException"><c>share.cannot-be-shared</c></exception>
    public static void Refuse(ProviderRequirement provider, IProvider? module)
    {
        if (WhyNot(provider, module) is { } why)
        {
            throw new NuaException(ShareProblems.CannotBeShared(provider, why));
        }
    }

    /// <exception cref="NuaException"><c>share.is-shared-server</c>: it would live in itself, and wait for its own lock</exception>
    public static void RefuseItself(Deployment wanted)
    {
        if (wanted.Servers.Contains(wanted.Instance))
        {
            throw new NuaException(ShareProblems.IsSharedServer(wanted.Instance));
        }
    }

    /// <summary>Whether there may be data of the provider in a shared server, or in one of its own.</summary>
    private static bool HasData(string provider, bool inShared, DeployFacts facts, Package package)
    {
        var heritage = facts.HeritageOf(package.Metadata.Id);
        return inShared
            ? heritage?.Tenancies.Any(tenancy => tenancy.Role == provider) is true
            : heritage?.Workloads.FirstOrDefault(workload => workload.Role == provider) is { } own
                && (facts.Serving is not null || own.Mounts.OfType<Mount.OfVolume>().Any(mount => facts.Volumes.Contains(mount.Volume)));
    }

    private static string? WhyNot(ProviderRequirement provider, IProvider? module) => provider switch
    {
        { Build.BaseImage: { Length: > 0 } } => "it has an image of its own",
        { Run.PostRun.Count: > 0 } => "the package runs commands in it",
        { Ports: var ports } when ports.Any(port => port.Host is not null) => "it publishes a port of the machine",
        _ when module is not IHoldsTenants => module is null ? "it is no module" : $"a server of the module '{module.Name}' holds no tenants",
        _ => null,
    };
}
