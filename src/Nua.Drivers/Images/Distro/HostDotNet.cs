using Nua.Drivers.Processes;

namespace Nua.Drivers.Images.Distro;

/// <summary>The .NET SDK that this machine has installed.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Version">Which, such as <c>10.0.401</c>.</param>
internal sealed record HostDotNet(string Folder, string Version)
{
    private static readonly string[] UsualFolders = ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet", "/usr/local/share/dotnet"];

    /// <summary>Tools for who writes programs, not for who compiles them.</summary>
    private static readonly string[] LeftOut = ["DotnetTools", "TestHostNetFramework"];

    /// <summary>What of its folder compiles.</summary>
    private IReadOnlyList<string> Parts => ["dotnet", "host", "packs", $"sdk/{Version}", "sdk-manifests", "shared"];

    /// <param name="release">Such as <c>10.0</c>.</param>
    /// <returns>The newest of that release; <see langword="null"/>: the machine has none.</returns>
    public static HostDotNet? Find(string release) => Folders()
        .SelectMany(folder => VersionsIn(folder, release).Select(version => new HostDotNet(folder, version.ToString())))
        .MaxBy(found => System.Version.Parse(found.Version));

    /// <summary>Copies it.</summary>
    public void CopyTo(string target)
    {
        Directory.CreateDirectory(target);
        foreach (var part in Parts)
        {
            Copy(Path.Combine(Folder, part), Path.Combine(target, part));
        }
    }

    private static IEnumerable<string> Folders() => HostProcess.Find("dotnet")
        .Select(program => Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!)
        .Prepend(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "")
        .Concat(UsualFolders)
        .Where(folder => Directory.Exists(Path.Combine(folder, "sdk")))
        .Distinct();

    private static IEnumerable<Version> VersionsIn(string folder, string release) =>
        from path in Directory.GetDirectories(Path.Combine(folder, "sdk"), $"{release}.*")
        let version = System.Version.TryParse(Path.GetFileName(path), out var read) ? read : null
        where version is not null
        select version;

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to);
            return;
        }

        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFileSystemEntries(from).Where(path => !LeftOut.Contains(Path.GetFileName(path))))
        {
            Copy(path, Path.Combine(to, Path.GetFileName(path)));
        }
    }
}
