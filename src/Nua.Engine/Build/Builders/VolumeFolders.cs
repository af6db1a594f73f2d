using Nua.Core.Packages;

namespace Nua.Engine.Build.Builders;

/// <summary>The folders of an image on which its volumes are mounted.</summary>
internal static class VolumeFolders
{
    public static IReadOnlyList<string> Of(Package package) =>
        [.. package.Volumes
            .Where(volume => volume.Type == VolumeType.Managed)
            .Select(volume => volume.Target)
            .Distinct()
            .Order(StringComparer.Ordinal)];
}
