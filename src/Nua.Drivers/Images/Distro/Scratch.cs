using System.Globalization;

namespace Nua.Drivers.Images.Distro;

/// <summary>
/// A folder for what is thrown away, named for the process it belongs to, so that what a killed process left is found.
/// </summary>
internal static class Scratch
{
    private const string Prefix = "nua-base-";
    private const string Processes = "/proc";

    /// <summary>Makes a folder of this process's own.</summary>
    public static DirectoryInfo Make(string parent) =>
        Directory.CreateDirectory(Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}"));

    /// <summary>Removes what processes that are gone left, unless a program they started still works in there.</summary>
    public static void Prune(params IReadOnlyList<string> parents)
    {
        foreach (var folder in parents.Where(Directory.Exists).SelectMany(parent => Directory.GetDirectories(parent, $"{Prefix}*")))
        {
            if (!IsHeld(folder))
            {
                TryRemove(folder);
            }
        }
    }

    private static bool IsHeld(string folder) => OwnerOf(folder) is not { } owner || Directory.Exists(Path.Combine(Processes, owner))
        || Directory.GetDirectories(Processes)
            .Where(process => Path.GetFileName(process).All(char.IsAsciiDigit))
            .Any(process => EnvironmentOf(process).Contains(folder, StringComparison.Ordinal));

    private static string? OwnerOf(string folder)
    {
        var parts = Path.GetFileName(folder)[Prefix.Length..].Split('-');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? parts[0] : null;
    }

    /// <summary>What a program is started in holds the folder's name; another user's program cannot work in a folder of ours.</summary>
    private static string EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception foreign) when (foreign is IOException or UnauthorizedAccessException)
        {
            // Another user's: that user's server removes it.
        }
    }
}
