using System.Globalization;

namespace Nua.Drivers.Images.Docker;

/// <summary>
/// Bounds the memory of build steps. BuildKit takes no limit for a step or a build, but runs all steps of an engine in groups below
/// one of its own, and that one can be bounded.
/// </summary>
/// <param name="groups">Where the kernel shows control groups.</param>
internal sealed class StepMemory(string groups = "/sys/fs/cgroup")
{
    private const string OwnGroup = "docker/buildkit";

    // Version 1 has a tree for each resource.
    private bool HasTrees => Directory.Exists(Path.Combine(groups, "memory"));

    private string Folder => HasTrees ? Path.Combine(groups, "memory", OwnGroup) : Path.Combine(groups, OwnGroup);

    private string Limit => Path.Combine(Folder, HasTrees ? "memory.limit_in_bytes" : "memory.max");

    /// <summary>Sets the bound; answers why it cannot be, as a clause.</summary>
    /// <param name="bytes">The bound.</param>
    /// <param name="driver">How the engine makes groups.</param>
    public string? Bound(long bytes, string? driver)
    {
        if (driver != "cgroupfs")
        {
            return $"the engine makes control groups with '{driver}', which has none for build steps alone";
        }

        try
        {
            // Until its first step, the engine has not made it; it takes one that is there.
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Limit, bytes.ToString(CultureInfo.InvariantCulture));
            return null;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return refusal.Message;
        }
    }
}
