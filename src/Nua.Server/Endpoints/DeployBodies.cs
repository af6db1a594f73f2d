using Nua.Api;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Core.Sites;
using Nua.Engine.Deploy;

namespace Nua.Server.Endpoints;

/// <summary>Makes a request of what a caller sent.</summary>
internal static class DeployBodies
{
    /// <exception cref="NuaException">The body, or the sites file in it, is not valid.</exception>
    public static DeployRequest RequestOf(DeployBody body)
    {
        var request = body.Site is { } sent ? RequestOf(sent) : RequestOf(
            body.Image ?? throw new NuaException(ServerProblems.BadRequest("it names neither an image nor a site")), body);
        return request with { Replace = body.Replace, AcceptDataLoss = body.AcceptDataLoss, Share = body.Share ?? [] };
    }

    private static DeployRequest RequestOf(SiteBody sent)
    {
        var site = SitesReader.Read(sent.File, sent.Text).ElementAtOrDefault(sent.Index)
            ?? throw new NuaException(ServerProblems.BadRequest($"'{sent.File}' has no site number {sent.Index}"));
        return new DeployRequest(
            site.Image, site.Label.Instance, site.Address.ToString(), new SiteSource(sent.File, sent.Text, sent.Index));
    }

    private static DeployRequest RequestOf(string image, DeployBody body) => new(
        image,
        body.Instance is { } name ? InstanceName.Parse(name) : UsualName(image),
        body.Domain is { } domain ? AddressOf(domain) : null);

    /// <summary><c>nua-guestbook:1.0</c> is an image of <c>guestbook</c>.</summary>
    private static InstanceName UsualName(string image)
    {
        var name = image.Split(':')[0];
        var app = name.StartsWith("nua-", StringComparison.Ordinal) ? name["nua-".Length..] : name;
        return SiteLabel.TryParse(app, out var label)
            ? label!.Instance
            : throw new NuaException(ServerProblems.BadRequest($"'{image}' is no name of an image"));
    }

    private static string AddressOf(string domain) => SiteAddress.TryParse(domain, out var address)
        ? address!.ToString()
        : throw new NuaException(ServerProblems.BadRequest($"'{domain}' is no domain"));
}
