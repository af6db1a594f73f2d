namespace Nua.Core.Packages.Reading;

/// <summary>Reads the <c>[[provider]]</c> tables.</summary>
internal static class ProviderReader
{
    public static IReadOnlyList<ProviderRequirement> ReadAll(Section section) => section.Tables("provider", Read) ?? [];

    private static ProviderRequirement Read(Section section)
    {
        // Images built by the predecessor carry the list of the module's versions; the catalogue knows better.
        section.Ask("module-versions", new Shape.ListOf(new Shape.Anything()));
        return new ProviderRequirement
        {
            Name = section.RequiredText("name").Trim(),
            Module = section.Text("module-name"),
            ModuleVersion = section.Text("module-version"),
            Type = section.Text("type"),
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
    }
}
