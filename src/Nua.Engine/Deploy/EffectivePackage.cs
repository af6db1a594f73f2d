using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Sites;

namespace Nua.Engine.Deploy;

/// <summary>The package of an image, with what the operator's sites file says over it.</summary>
internal static class EffectivePackage
{
    public static Package Of(DeployRequest request, DeployFacts facts)
    {
        var package = PackageReader.Read($"{request.Image}/nua-config.json", facts.Config);
        return request.Site is { } site
            ? SiteOverlay.Apply(SitesReader.Read(site.File, site.Text)[site.Index], package)
            : package;
    }
}
