using Nua.Core.Packages;
using Nua.Engine.Providers.Sqlite;

namespace Nua.Engine.Build.Builders;

/// <summary>The folders of an image on which its volumes are mounted.</summary>
internal static class VolumeFolders
{
    public static IReadOnlyList<string> Of(Package package) =>
        [.. package.Volumes
            .Concat(package.Providers.Where(provider => provider.Build?.BaseImage is null or "").SelectMany(VolumesInTheApp))
            .Where(volume => volume.Type == VolumeType.Managed)
            .Select(volume => volume.Target)
            .Distinct()
            .Order(StringComparer.Ordinal)];

    /// <summary>What a provider that is no server has the app itself keep.</summary>
    private static IReadOnlyList<Volume> VolumesInTheApp(ProviderRequirement provider) => provider switch
    {
        { Module: SqliteProvider.ModuleName } => provider.Volumes ?? [SqliteProvider.DataVolume],
        { Module: null, Type: "volume" } => provider.Volumes ?? [],
        _ => [],
    };
}
