using Nua.Core.Versions;

namespace Nua.Core.Packages.Reading;

/// <summary>Reads the <c>[[provider]]</c> tables.</summary>
internal static class ProviderReader
{
    public static readonly IReadOnlyList<string> Modules =
        ["postgres", "mariadb", "mongo", "redis-cache", "redis", "memcached", "rabbitmq", "sqlite", "mail-catcher"];

    public static IReadOnlyList<ProviderRequirement> ReadAll(Section section) => section.Tables("provider", Read) ?? [];

    private static ProviderRequirement Read(Section section)
    {
        // Images built by the predecessor carry the list of the module's versions; the catalogue knows better.
        section.Ask("module-versions", new Shape.ListOf(new Shape.Anything()));
        var provider = new ProviderRequirement
        {
            Name = section.RequiredText("name").Trim(),
            Module = section.FilledText("module-name"),
            ModuleVersion = ReadVersion(section),
            Type = section.FilledText("type"),
            Network = section.Flag("network"),
            Connector = section.OneOrMore("connector"),
            Build = section.Table("build", BuildReader.Read),
            Run = section.Table("run", RunReader.Read),
            Env = SettingReader.ReadAll(section, "env"),
            Docker = DockerReader.ReadIn(section),
            Ports = PortReader.ReadAll(section, mustGoSomewhere: false),
            Volumes = VolumeReader.ReadAll(section),
            HealthCheck = HealthCheckReader.ReadIn(section),
            Backup = BackupReader.ReadIn(section),
        };
        Check(section, provider);
        return provider;
    }

    /// <summary>Which versions of the module will do, for a provider and for what a site says about it.</summary>
    public static string? ReadVersion(Section section)
    {
        var version = section.Text("module-version");
        if (version is not null && VersionRange.TryParse(version) is null)
        {
            section.Source.Error(
                PackageProblems.BadVersionRange(section.PathOf("module-version"), version), section.PlaceOf("module-version"));
        }

        return version;
    }

    /// <summary>Only warned of: a server may have modules of its own, and an old image may hold a provider that is nothing.</summary>
    private static void Check(Section section, ProviderRequirement provider)
    {
        if (provider.Module is { } module && !Modules.Contains(module))
        {
            var nearest = Spelling.Nearest(module, Modules);
            section.Source.Warn(
                PackageProblems.UnknownModule(section.PathOf("module-name"), module, Modules, nearest), section.PlaceOf("module-name"));
        }

        if (provider is { Module: null, Type: null or "docker-image", Build: not { BaseImage: not null } })
        {
            section.Source.Warn(PackageProblems.ProviderOfNothing(section.Path), section.At);
        }

        if (provider is { Type: "app", Module: { } asked })
        {
            section.Source.Warn(PackageProblems.ModuleAndApp(section.Path, asked), section.PlaceOf("type"));
        }
    }
}
