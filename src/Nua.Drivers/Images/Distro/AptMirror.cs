using Nua.Engine.Images.Mirrors;

namespace Nua.Drivers.Images.Distro;

/// <summary>Says a mirror of the distribution as lines of <c>sources.list</c>.</summary>
public static class AptMirror
{
    /// <summary>For the images of this machine's release, or of <paramref name="suite"/>; <see langword="null"/>: nothing is set.</summary>
    /// <param name="mirrors">What the operator set.</param>
    /// <param name="suite">The release; <see langword="null"/>: this machine's.</param>
    public static AptLines? ForSteps(PackageMirrors mirrors, string? suite) =>
        mirrors.Apt is { } mirror && HostDistribution.Read() is { } host
            ? new AptLines(suite ?? host.Suite, Lines(mirror, $"file:{mirror.Address}", mirrors.Folder, SourcesOf(host, suite)))
            : null;

    /// <summary>For what bootstraps on this machine itself, where the operator's folder is where it is.</summary>
    internal static IReadOnlyList<string>? ForBootstrap(PackageMirrors mirrors, IReadOnlyList<AptSource> sources) =>
        mirrors.Apt is { } mirror ? Lines(mirror, $"copy:{FolderOf(mirrors.Folder)}", mirrors.Folder, sources) : null;

    /// <param name="mirror">What the operator set.</param>
    /// <param name="place">Where the operator's folder of the distribution is, to whoever reads the lines.</param>
    /// <param name="folder">Where the operator's folder is on this machine.</param>
    /// <param name="sources">The distribution's own sources.</param>
    internal static IReadOnlyList<string> Lines(PackageMirror mirror, string place, string? folder, IEnumerable<AptSource> sources)
    {
        if (!mirror.IsFolder)
        {
            return [.. sources.Select(source => In(mirror.Reveal(), source)).Distinct()];
        }

        // Packages and a list of them, without archives: who can write there is the operator.
        return Directory.EnumerateFiles(FolderOf(folder), "Packages*").Any()
            ? [$"deb [trusted=yes] {place} ./"]
            : [.. sources.Select(source => In($"{place}/{{archive}}", source)).Distinct()];
    }

    private static string In(string template, AptSource source) =>
        (source with { Address = source.AddressIn(template) }).ToString();

    private static IReadOnlyList<AptSource> SourcesOf(HostDistribution host, string? suite) =>
        AptSources.Read(host.SourceFiles, host.Suite, suite ?? host.Suite);

    private static string FolderOf(string? folder) => Path.Combine(folder ?? "/", "apt");
}
