using Nua.Core.Packages;
using Nua.Core.Problems;

namespace Nua.Core.Sites;

/// <summary>Lays what a site says over the package its image was built from.</summary>
public static class SiteOverlay
{
    /// <returns>The package as this site runs it.</returns>
    /// <exception cref="NuaException"><c>sites.unknown-provider</c>, <c>sites.unknown-port</c></exception>
    public static Package Apply(Site site, Package package) => package with
    {
        Env = Over(package.Env, site.Env),
        Ports = OverPorts(package.Ports, site.Ports),
        Volumes = OverVolumes(package.Volumes, site.Volumes),
        Docker = Over(package.Docker, site.Docker),
        Providers = OverProviders(package.Providers, site.Providers),
        Backup = site.Backup ?? package.Backup,
        HealthCheck = site.HealthCheck ?? package.HealthCheck,
        Tests = [.. package.Tests, .. site.Tests],
    };

    private static OrderedDictionary<string, T> Over<T>(IReadOnlyDictionary<string, T> image, IReadOnlyDictionary<string, T> site)
    {
        var merged = new OrderedDictionary<string, T>(image);
        foreach (var (name, value) in site)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static Volume[] OverVolumes(IEnumerable<Volume> image, IReadOnlyList<Volume> site)
    {
        var replaced = site.Select(volume => Volume.SamePlace(volume.Target)).ToHashSet();
        return [.. image.Where(volume => !replaced.Contains(Volume.SamePlace(volume.Target))), .. site];
    }

    private static Port[] OverPorts(IReadOnlyList<Port> image, IReadOnlyList<PortOverride> site)
    {
        var overrides = site.ToDictionary(port => port.Name);
        var names = image.Select(port => port.Name).ToHashSet();
        return
        [
            .. image.Select(port => overrides.TryGetValue(port.Name, out var over) ? OverPort(port, over) : port),
            .. site.Where(port => !names.Contains(port.Name)).Select(NewPort),
        ];
    }

    private static Port OverPort(Port port, PortOverride over) => port with
    {
        Container = over.Container ?? port.Container,
        Host = over.Host ?? port.Host,
        Proxy = over.Proxy ?? port.Proxy,
        Protocol = over.Protocol ?? port.Protocol,
        Ssl = over.Ssl ?? port.Ssl,
    };

    private static Port NewPort(PortOverride over) => OverPort(
        new Port { Name = over.Name, Container = over.Container ?? throw new NuaException(SitesProblems.UnknownPort(over.Name)) }, over);

    private static ProviderRequirement[] OverProviders(IReadOnlyList<ProviderRequirement> image, IReadOnlyList<ProviderOverride> site)
    {
        var known = image.Select(provider => provider.Name).ToArray();
        if (site.FirstOrDefault(over => !known.Contains(over.Name)) is { } unknown)
        {
            throw new NuaException(SitesProblems.UnknownProvider(unknown.Name, known));
        }

        return [.. image.Select(provider => site.Where(over => over.Name == provider.Name).Aggregate(provider, OverProvider))];
    }

    private static ProviderRequirement OverProvider(ProviderRequirement provider, ProviderOverride over) => provider with
    {
        Env = Over(provider.Env, over.Env),
        Docker = Over(provider.Docker, over.Docker),
        Ports = OverPorts(provider.Ports, over.Ports),

        // A module's own volumes are not in the package; nothing said leaves them as they are.
        Volumes = over.Volumes.Count == 0 ? provider.Volumes : OverVolumes(provider.Volumes ?? [], over.Volumes),
        ModuleVersion = over.ModuleVersion ?? provider.ModuleVersion,
        Backup = over.Backup ?? provider.Backup,
    };
}
