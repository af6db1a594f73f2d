using System.Net;
using System.Net.Sockets;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Core.Sites;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Images;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Looks at what is there before a deploy decides anything. Changes nothing.</summary>
internal sealed class FactFinder(EngineSeams seams)
{
    /// <exception cref="NuaException"><c>deploy.no-image</c>, <c>deploy.not-nua</c>, <c>deploy.sub-application</c>, and what the seams say</exception>
    public async Task<DeployFacts> GatherAsync(DeployRequest request, CancellationToken cancellation) =>
        await GatherAsync(request, await ImageAsync(request, cancellation), new Dictionary<InstanceName, string>(), cancellation);

    /// <summary>The image that the request names.</summary>
    /// <exception cref="NuaException"><c>deploy.no-image</c></exception>
    public async Task<Image> ImageAsync(DeployRequest request, CancellationToken cancellation) =>
        await new AppImages(seams.ImageStore).FindAsync(request.Image, cancellation)
        ?? throw new NuaException(DeployProblems.NoImage(request.Image));

    /// <param name="request">What is asked.</param>
    /// <param name="image">The app's image, which need not be there yet.</param>
    /// <param name="moved">Where instances will answer by then, that answer elsewhere now or are not there yet.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<DeployFacts> GatherAsync(
        DeployRequest request, Image image, IReadOnlyDictionary<InstanceName, string> moved, CancellationToken cancellation)
    {
        var subApplications = SubApplicationsOf(image);
        var instance = await seams.Journal.FindAsync(request.Instance, cancellation);
        var latest = await LatestAsync(request.Instance, cancellation);
        var domain = LowerHost(request.Domain ?? DeployFacts.ServingOf(instance, latest)?.Domain ?? $"{request.Instance}.{seams.DomainSuffix}");
        var holder = AddressHolder.Of(domain, request.Instance, await AddressesAsync(moved, cancellation));
        var facts = new DeployFacts(
            image.Reference,
            image.Id,
            image.Labels.ContainsKey(ImageLabels.Agent),
            image.Labels.GetValueOrDefault(ImageLabels.Config) ?? throw new NuaException(DeployProblems.NotNua(request.Image)),
            instance,
            latest,
            domain,
            holder?.Name.ToString(),
            await seams.Gateway.HttpsPortAsync(cancellation),
            ExternalIp())
        {
            SubApplications = subApplications,
            HeldDomain = holder?.Domain,
            Volumes = await VolumesAsync(request.Instance, cancellation),
            SiteVariables = SiteOf(request) is { } site ? [.. VariablesOf(site)] : [],
            Sharing = SharingOf(request),
        };
        return facts.WithValuesOf(facts.Heritage);
    }

    /// <summary>The facts for a shared server, which is an app of its own image.</summary>
    public async Task<DeployFacts> OfServerAsync(ServerKind kind, string config, ProviderImage image, CancellationToken cancellation)
    {
        var instance = await seams.Journal.FindAsync(kind.Instance, cancellation);
        var facts = new DeployFacts(
            image.Reference,
            image.Id,
            image.HasAgent,
            config,
            instance,
            await LatestAsync(kind.Instance, cancellation),
            $"{kind.Instance}.{seams.DomainSuffix}",
            DomainHolder: null,
            await seams.Gateway.HttpsPortAsync(cancellation),
            ExternalIp())
        {
            Volumes = await VolumesAsync(kind.Instance, cancellation),
            ServerKind = kind,
        };
        return facts.WithValuesOf(facts.Heritage);
    }

    /// <summary>The facts for an instance that is to go on as it is, but for its values: what it runs stays exactly that.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c>, <c>values.at-rest</c></exception>
    public async Task<DeployFacts> OfServingAsync(InstanceName name, CancellationToken cancellation)
    {
        if (await seams.Journal.FindAsync(name, cancellation) is not { IsThere: true } instance)
        {
            throw new NuaException(DeployProblems.NoInstance(name));
        }

        if (instance.Desired is not DesiredState.Started)
        {
            throw new NuaException(ValueProblems.AtRest(name));
        }

        var serving = (await seams.Journal.DeploymentAsync(name, instance.Deployment, cancellation))!;
        return new DeployFacts(
            serving.App.Image,
            serving.App.ImageId,
            serving.App.HasAgent,
            serving.Config,
            instance,
            serving,
            serving.Domain,
            DomainHolder: null,
            await seams.Gateway.HttpsPortAsync(cancellation),
            ExternalIp())
        {
            Volumes = await VolumesAsync(name, cancellation),
            SiteVariables = serving.SiteVariables,
            ServerKind = ServerKind.Of(serving),
        }.WithValuesOf(serving);
    }

    private async Task<Deployment?> LatestAsync(InstanceName instance, CancellationToken cancellation) =>
        await seams.Journal.HistoryAsync(instance, cancellation) is [var newest, ..] ? newest : null;

    private static Site? SiteOf(DeployRequest request) =>
        request.Site is { } site ? SitesReader.Read(site.File, site.Text)[site.Index] : null;

    private static Dictionary<string, bool> SharingOf(DeployRequest request)
    {
        var said = new Dictionary<string, bool>();
        foreach (var provider in SiteOf(request)?.Providers ?? [])
        {
            if (provider.Shared is { } shared)
            {
                said[provider.Name] = shared;
            }
        }

        foreach (var name in request.Share)
        {
            said[name] = true;
        }

        return said;
    }

    private static IEnumerable<VariableKey> VariablesOf(Site site) =>
    [
        .. site.Env.Keys.Select(name => new VariableKey(WorkloadPlan.AppRole, name)),
        .. site.Providers.SelectMany(provider => provider.Env.Keys.Select(name => new VariableKey(provider.Name, name))),
    ];

    /// <exception cref="NuaException"><c>deploy.sub-application</c>: it is one itself</exception>
    private static IReadOnlyDictionary<string, string> SubApplicationsOf(Image image)
    {
        if (image.Labels.GetValueOrDefault(ImageLabels.PartOf) is { } whole)
        {
            throw new NuaException(DeployProblems.PartOfAnother(image.Reference, whole));
        }

        return SubApplicationImages.Of(image);
    }

    /// <summary>The image of a sub-application that was built with the app's.</summary>
    /// <exception cref="NuaException"><c>deploy.no-sub-application</c></exception>
    public async Task<Image> SubApplicationAsync(DeployFacts facts, string name, CancellationToken cancellation) =>
        facts.SubApplications.GetValueOrDefault(name)?.Split('@') is [var reference, var id]
        && await seams.ImageStore.FindAsync(id, cancellation) is { } image
            ? image with { Reference = reference }
            : throw new NuaException(DeployProblems.NoSubApplication(facts.Image, name));

    private async Task<IEnumerable<(InstanceName Name, string Domain)>> AddressesAsync(
        IReadOnlyDictionary<InstanceName, string> moved, CancellationToken cancellation) =>
        (await seams.Journal.InstancesAsync(cancellation))
            .Where(instance => !moved.ContainsKey(instance.Name))
            .Select(instance => (instance.Name, instance.Domain))
            .Concat(moved.Select(instance => (instance.Key, instance.Value)));

    private async Task<IReadOnlyList<string>> VolumesAsync(InstanceName instance, CancellationToken cancellation) =>
        [.. from volume in (await seams.Runtime.ListAsync(cancellation)).Volumes
            where volume.Owner.Instance == instance
            orderby volume.Name
            select volume.Name];

    /// <summary>A host name has no case (RFC 4343); a path has (RFC 3986, section 6.2.2.1).</summary>
    private static string LowerHost(string domain)
    {
        var host = domain.Split('/')[0];
        return host.ToLowerInvariant() + domain[host.Length..];
    }

    /// <summary>The address that packets to the outside would carry; connecting a datagram socket sends none.</summary>
    private static string ExternalIp()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(IPAddress.Parse("192.0.2.1"), 9);
            return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
