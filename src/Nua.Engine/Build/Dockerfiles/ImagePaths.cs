using Nua.Core.Starting;

namespace Nua.Engine.Build.Dockerfiles;

/// <summary>Where things are in an image that Nua builds, and in the context it is built from.</summary>
internal static class ImagePaths
{
    /// <summary>Home of the user that runs the app.</summary>
    public const string Home = "/nua";

    /// <summary>
    /// Makes the home. The app may add to it, but what is root's there, the metadata above all, it can neither rename nor replace.
    /// </summary>
    public const string MakeHome = $"install -d -o 0 -g 1000 -m 1775 {Home}";

    /// <summary>The source, and where commands run.</summary>
    public const string Source = StartFile.DefaultFolder;

    /// <summary>What was compiled of it.</summary>
    public const string Programs = StartFile.ProgramFolder;

    public const string Agent = StartFile.Agent;

    /// <summary>The start script that runs as root: a copy that the app cannot change.</summary>
    public const string StartScript = "/nua/scripts/start.py";

    /// <summary>In memory while a build script runs: everything that is lent to it is mounted there.</summary>
    public const string Lent = "/run/nua";

    public const string Metadata = "/nua/metadata/";

    /// <summary>What the image consists of: a CycloneDX document.</summary>
    public const string BillOfMaterials = $"{Metadata}sbom.cdx.json";

    public const string Config = "/nua/metadata/nua-config.json";

    public const string VirtualEnvironment = "/nua/venv";

    /// <summary>Where tools keep what they download while an image is built; never part of it.</summary>
    public const string Downloads = "/nua/.cache";

    public const string User = StartFile.DefaultUser;

    /// <summary>Fixed, so that what an old image wrote to a volume belongs to the same user in a new one.</summary>
    public const string Owner = "1000:1000";

    /// <summary>The source in the context.</summary>
    public const string ContextSource = "source";

    public const string ContextMetadata = "nua/metadata/";

    /// <summary>The search path of every image of ours, with these folders first.</summary>
    public static string SearchPath(params IEnumerable<string> first) =>
        string.Join(':', first.Concat(["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]));
}
