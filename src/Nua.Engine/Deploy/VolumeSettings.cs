using Nua.Core.Packages;
using Nua.Core.Quantities;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What a <c>[[volume]]</c> says beside its name and its place.</summary>
internal static class VolumeSettings
{
    private const string Size = "tmpfs_size";
    private const string Mode = "tmpfs_mode";

    /// <summary>The options that are Nua's own: no driver ever sees them.</summary>
    private static readonly HashSet<string> Own = ["read-only", "read_only", Size, "tmpfs-size", Mode, "tmpfs-mode"];

    public static bool IsReadOnly(Volume volume) => OptionOf(volume, "read_only") is "true" or "1";

    /// <summary>In bytes; 0: the engine's default.</summary>
    public static long SizeOf(Volume volume) => ByteSize.TryParse(OptionOf(volume, Size), out var bytes) ? bytes : 0;

    /// <summary>Unix permissions; 0: the engine's default.</summary>
    public static int ModeOf(Volume volume) =>
        OptionOf(volume, Mode) is { } text
        && text.All(digit => digit is >= '0' and <= '7') && text.Length is > 0 and < 6
            ? Convert.ToInt32(text, 8)
            : 0;

    /// <summary>As the engine calls it.</summary>
    public static string DriverOf(Volume volume) => volume.Driver is "docker" ? "local" : volume.Driver;

    public static Dictionary<string, string> DriverOptionsOf(Volume volume) =>
        volume.Options.Where(option => !Own.Contains(option.Key)).ToDictionary();

    /// <summary>Whether one is as good as the other when it is there already.</summary>
    public static bool AreMadeAlike(VolumePlan one, VolumePlan other) =>
        one.Driver == other.Driver && one.Options.Count == other.Options.Count && !one.Options.Except(other.Options).Any();

    private static string? OptionOf(Volume volume, string name) =>
        volume.Options.GetValueOrDefault(name) ?? volume.Options.GetValueOrDefault(name.Replace('_', '-'));
}
