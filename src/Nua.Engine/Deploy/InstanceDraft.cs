using System.Globalization;
using System.Text.Json;
using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Turns a package into the deployment it would be: names, environment, mounts, ports.</summary>
internal sealed class InstanceDraft
{
    private readonly EngineNames _names;
    private readonly InstanceName _instance;
    private readonly DeployFacts _facts;
    private readonly Package _package;
    private readonly IReadOnlyList<ProviderImage> _images;
    private readonly string _operation;
    private readonly int _lineage;
    private readonly IReadOnlyList<EffectiveProvider> _providers;
    private readonly EnvironmentResolver _environment;

    public InstanceDraft(
        EngineNames names,
        ProviderCatalog catalog,
        InstanceName instance,
        DeployFacts facts,
        Package package,
        IReadOnlyList<ProviderImage> images,
        string operation)
    {
        (_names, _instance, _facts, _package, _images, _operation) =
            (names, instance, facts, package, images, operation);
        _lineage = facts.LineageOf(package.Metadata.Id);
        _providers = StartOrder.Of([.. package.Providers.Select(provider => EffectiveProvider.Of(provider, catalog, facts, package))]);
        var kept = new KeptNames(operation, _lineage, facts.VersionsOf(package.Metadata.Id));
        _environment = new EnvironmentResolver([AppOwner(), .. _providers.Select(ProviderOwner)], facts.ExternalIp, kept);
    }

    public Deployment ToDeployment()
    {
        RefuseClashes("workload", [WorkloadPlan.AppRole, .. _providers.Select(provider => provider.Name)], WorkloadName);
        RefuseClashes("volume", [.. ManagedVolumes().Select(volume => volume.Role)], VolumeName);
        var web = WebPort();
        return new Deployment(
            _instance,
            _facts.NextNumber,
            _package.Metadata.Id,
            _package.Metadata.ImageTag,
            _facts.Domain,
            _names.Network(_instance, _lineage),
            [.. _providers.Where(provider => provider.Runs).Select(ProviderWorkload), AppWorkload()],
            [.. ManagedVolumes()],
            web is null ? null : NumberOf(WorkloadPlan.AppRole, web.Container),
            web?.Ssl ?? true,
            PackageWriter.ToJson(_package),
            _operation,
            At: default)
        {
            Lineage = _lineage,
            Given = _facts.GivenTo(_package.Metadata.Id),
            SiteVariables = _facts.SiteVariables,
            Versions = _facts.VersionsOf(_package.Metadata.Id),
            Tenancies = [.. _providers.Where(provider => provider.Server is not null).Select(TenancyOf)],
        };
    }

    private Tenancy TenancyOf(EffectiveProvider provider) => new(
        provider.Name,
        provider.Server!.Instance,
        provider.Server.Module,
        provider.Server.Version,
        _environment.Resolve(provider.Name),
        _facts.HeritageOf(_package.Metadata.Id)?.Tenancies.FirstOrDefault(old => old.Role == provider.Name)?.Operation ?? _operation);

    private static void RefuseClashes(string kind, IReadOnlyList<string> names, Func<string, string> onEngine)
    {
        if (names.GroupBy(onEngine).Select(same => same.ToList()).FirstOrDefault(same => same.Count > 1) is [var first, var second, ..])
        {
            throw new NuaException(DeployProblems.NameClash(kind, first, second));
        }
    }

    private string VolumeName(string role) => _names.Volume(_instance, role, _lineage);

    private string WorkloadName(string role) => _names.Workload(_instance, role, _facts.NextNumber);

    private Port? WebPort() =>
        _package.Ports.FirstOrDefault(port => port.Name == "web") ?? _package.Ports.FirstOrDefault(port => port.IsWeb);

    private WorkloadPlan AppWorkload() => new(
        WorkloadPlan.AppRole,
        WorkloadName(WorkloadPlan.AppRole),
        _facts.ServerKind?.Module,
        _facts.ServerKind?.Version,
        _facts.Image,
        _facts.ImageId,
        _facts.HasAgent,
        EngineOptions.CommandOf(_package.Docker),
        _environment.Resolve(WorkloadPlan.AppRole),
        [.. AppVolumes().Select(volume => MountOf(volume.Role, volume.Volume))],
        PublishedPorts(WorkloadPlan.AppRole, _package.Ports),
        EngineOptions.LimitsOf(_package.Docker),
        EngineOptions.OthersOf(_package.Docker),
        _operation);

    private WorkloadPlan ProviderWorkload(EffectiveProvider provider)
    {
        var image = _images.Single(image => image.Provider == provider.Name);
        return new WorkloadPlan(
            provider.Name,
            WorkloadName(provider.Name),
            provider.Module?.Name,
            provider.Version,
            image.Reference,
            image.Id,
            image.HasAgent,
            EngineOptions.CommandOf(provider.Docker),
            _environment.Resolve(provider.Name),
            [.. provider.Volumes.Select(volume => MountOf(RoleOf(provider, volume), volume))],
            PublishedPorts(provider.Name, provider.Ports),
            EngineOptions.LimitsOf(provider.Docker),
            EngineOptions.OthersOf(provider.Docker),
            _operation);
    }

    /// <summary>The app's own volumes, and those of providers that are nothing but a volume (SQLite).</summary>
    private IEnumerable<(string Role, Volume Volume)> AppVolumes() =>
        _package.Volumes.Select(volume => (volume.Name ?? volume.Target, volume)).Concat(
            from provider in _providers
            where !provider.Runs
            from volume in provider.Volumes
            select (RoleOf(provider, volume), volume));

    private IEnumerable<(string Role, Volume Volume)> AllVolumes() =>
        AppVolumes().Concat(
            from provider in _providers
            where provider.Runs
            from volume in provider.Volumes
            select (RoleOf(provider, volume), volume));

    private IEnumerable<VolumePlan> ManagedVolumes() =>
        from volume in AllVolumes()
        where volume.Volume.Type is VolumeType.Managed
        let name = VolumeName(volume.Role)
        let known = _facts.Heritage?.Volumes.FirstOrDefault(old => old.Name == name)
        select new VolumePlan(
            name,
            volume.Role,
            VolumeSettings.DriverOf(volume.Volume),
            VolumeSettings.DriverOptionsOf(volume.Volume),
            known?.Operation ?? _operation);

    private static string RoleOf(EffectiveProvider provider, Volume volume) => $"{provider.Name}-{volume.Name}";

    private Mount MountOf(string role, Volume volume) => volume.Type switch
    {
        VolumeType.Managed => new Mount.OfVolume(VolumeName(role), volume.Target, VolumeSettings.IsReadOnly(volume)),
        VolumeType.Directory => new Mount.OfDirectory(volume.Name!, volume.Target, VolumeSettings.IsReadOnly(volume)),
        _ => new Mount.OfMemory(volume.Target, VolumeSettings.SizeOf(volume), VolumeSettings.ModeOf(volume)),
    };

    private List<PublishedPort> PublishedPorts(string owner, IReadOnlyList<Port> ports) =>
        [.. from port in ports
            where port.Host is not null
            select new PublishedPort(NumberOf(owner, port.Container), NumberOf(owner, port.Host!), port.Protocol is PortProtocol.Udp)];

    private int NumberOf(string owner, PortNumber port) => port switch
    {
        PortNumber.Fixed known => known.Number,
        PortNumber.Dynamic dynamic when _environment.ResolveText(owner, dynamic.Setting) is var text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 65535 => number,
        _ => throw new NuaException(DeployProblems.PortIsNoNumber(owner)),
    };

    private EnvOwner AppOwner() => new(
        WorkloadPlan.AppRole,
        _package.Env,
        GivenTo(WorkloadPlan.AppRole),
        Properties(WorkloadPlan.AppRole, _facts.Domain.Split('/')[0], _facts.Image),
        VolumesOf(AppVolumes()));

    private EnvOwner ProviderOwner(EffectiveProvider provider) => new(
        provider.Name,
        provider.Env,
        GivenTo(provider.Name),
        Properties(
            provider.Name, provider.Name, _images.FirstOrDefault(image => image.Provider == provider.Name)?.Reference ?? _facts.Image),
        VolumesOf(provider.Volumes.Select(volume => (RoleOf(provider, volume), volume))));

    private Dictionary<string, EnvValue> GivenTo(string role) =>
        _facts.GivenTo(_package.Metadata.Id).Where(given => given.Workload == role).ToDictionary(given => given.Name, given => given.Value);

    private Dictionary<string, string> Properties(string owner, string hostname, string image) => new()
    {
        ["hostname"] = hostname,
        ["domain"] = _facts.Domain,
        ["top-domain"] = string.Join('.', _facts.Domain.Split('/')[0].Split('.').TakeLast(2)),
        ["label"] = _instance.ToString(),
        ["label-id"] = _instance.ToString(),
        // A shared server's container is another's: here it answers to the provider's name alone.
        ["container-name"] = _providers.Any(provider => provider.Name == owner && provider.Server is not null) ? owner : WorkloadName(owner),
        ["network-name"] = _names.Network(_instance, _lineage),
        ["app-id"] = _package.Metadata.Id,
        ["nua-tag"] = _package.Metadata.ImageReference,
        ["image"] = image,
        ["version"] = _package.Metadata.Version,
    };

    private Dictionary<string, IReadOnlyDictionary<string, string>> VolumesOf(IEnumerable<(string Role, Volume Volume)> volumes) =>
        volumes.DistinctBy(volume => volume.Volume.Name ?? volume.Volume.Target).ToDictionary(
            volume => volume.Volume.Name ?? volume.Volume.Target,
            IReadOnlyDictionary<string, string> (volume) => VolumeProperties(volume.Role, volume.Volume));

    private Dictionary<string, string> VolumeProperties(string role, Volume volume) => new()
    {
        ["name"] = volume.Name ?? "",
        ["full-name"] = volume.Type is VolumeType.Managed ? VolumeName(role) : volume.Name ?? "",
        ["target"] = volume.Target,
        ["type"] = JsonNamingPolicy.KebabCaseLower.ConvertName(volume.Type.ToString()),
        ["driver"] = volume.Driver,
    };
}
