using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Build.Builders;

namespace Nua.Engine.Build;

/// <summary>A provider of the type <c>app</c>: an application of the package, with an image of its own.</summary>
/// <param name="Name">The provider's name.</param>
/// <param name="Package">What it would be as a package by itself.</param>
/// <param name="Folder">Where its source is below the package's folder; empty: it is the folder.</param>
internal sealed record SubApplication(string Name, Package Package, string Folder)
{
    /// <summary>The sub-applications of a package, in its order.</summary>
    /// <exception cref="NuaException"><c>build.name-clash</c>, <c>build.no-project</c></exception>
    public static IReadOnlyList<SubApplication> AllOf(Package package)
    {
        var all = package.Providers.Where(provider => provider.IsSubApplication).Select(provider => Of(package, provider)).ToList();
        return all.GroupBy(one => one.Package.Metadata.Id).FirstOrDefault(same => same.Count() > 1) is { } clash
            ? throw new NuaException(BuildProblems.NameClash([.. clash.Select(one => one.Name)]))
            : all;
    }

    /// <summary>The package with what the builders of its sub-applications found out.</summary>
    public static Package Complete(Package package, IReadOnlyDictionary<string, BuildPlan> plans) => package with
    {
        Providers =
        [
            .. package.Providers.Select(provider => plans.TryGetValue(provider.Name, out var plan)
                ? provider with { Run = plan.Package.Run, Ports = plan.Package.Ports }
                : provider),
        ],
    };

    private static SubApplication Of(Package package, ProviderRequirement provider)
    {
        var written = new Package
        {
            // No id of a package has two underscores.
            Metadata = package.Metadata with
            {
                Id = $"{package.Metadata.Id}__{PlainName(provider.Name)}",
                Title = $"{package.Metadata.Title}: {provider.Name}",
            },
            Build = provider.Build ?? new BuildSection(),
            Run = provider.Run ?? new RunSection(),
            Env = provider.Env,
            Docker = provider.Docker,
            Ports = provider.Ports,
            HealthCheck = provider.HealthCheck,
            Backup = provider.Backup,
            Volumes = provider.Volumes ?? [],
            Providers = NeededBy(provider, package),
        };
        return Interpolation.Render(written).Build.Project is { } project && !IsRemote(project)
            ? new SubApplication(provider.Name, written with { Build = written.Build with { Project = null } }, FolderOf(provider, project))
            : new SubApplication(provider.Name, written, Folder: "");
    }

    /// <summary>The other providers that it looks something up from.</summary>
    private static IReadOnlyList<ProviderRequirement> NeededBy(ProviderRequirement provider, Package package)
    {
        var asked = provider.Env.Values.OfType<Setting.Lookup>().Select(lookup => lookup.From).ToHashSet();
        return [.. package.Providers.Where(other => other.Name != provider.Name && asked.Contains(other.Name))];
    }

    private static bool IsRemote(string project) => project.Contains("://", StringComparison.Ordinal);

    private static string FolderOf(ProviderRequirement provider, string project) => RelativePath.Clean(project)
        ?? throw new NuaException(BuildProblems.OfSubApplication(provider.Name, BuildProblems.NoProject(project)));

    /// <summary>The name in the letters of an image's name.</summary>
    private static string PlainName(string name) => string.Join(
        '-',
        string.Concat(name.ToLowerInvariant().Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
