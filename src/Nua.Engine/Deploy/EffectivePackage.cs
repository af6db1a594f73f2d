using Nua.Core.Packages;
using Nua.Core.Packages.Reading;

namespace Nua.Engine.Deploy;

/// <summary>The package of an image with the operator's wishes over it.</summary>
internal static class EffectivePackage
{
    public static Package Of(DeployRequest request, DeployFacts facts)
    {
        var package = PackageReader.Read($"{request.Image}/nua-config.json", facts.Config);
        return package;
    }
}
