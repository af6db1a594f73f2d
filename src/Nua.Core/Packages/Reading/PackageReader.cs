namespace Nua.Core.Packages.Reading;

/// <summary>
/// Turns the text of a nua-config file into a <see cref="Package"/>, and says everything that is wrong with it at once.
/// The format follows the file's name: TOML, JSON or YAML.
/// </summary>
public static class PackageReader
{
    /// <summary>Reads and reports; never throws for anything a file can hold.</summary>
    public static PackageReading Inspect(string file, string text, ReadingOptions? options = null)
    {
        var source = new SourceText(file, text, options ?? new ReadingOptions());
        var package = Tree.Parse(source) is { } root ? Read(source, root) : null;
        return new PackageReading(source.HasErrors ? null : package, source.Findings);
    }

    /// <inheritdoc cref="Inspect(string, string, ReadingOptions?)"/>
    /// <exception cref="Problems.NuaException"><c>package.no-such-file</c>, <c>package.unreachable</c></exception>
    public static PackageReading Inspect(PackageFile file, ReadingOptions? options = null) =>
        Inspect(file.Path, file.ReadText(), options);

    /// <exception cref="PackageException">It is not valid; the exception holds all findings.</exception>
    public static Package Read(string file, string text, ReadingOptions? options = null)
    {
        var reading = Inspect(file, text, options);
        return reading.Package ?? throw new PackageException(reading.Findings);
    }

    /// <inheritdoc cref="Read(string, string, ReadingOptions?)"/>
    /// <exception cref="Problems.NuaException"><c>package.no-such-file</c>, <c>package.unreachable</c></exception>
    public static Package Read(PackageFile file, ReadingOptions? options = null) =>
        Read(file.Path, file.ReadText(), options);

    /// <summary>The shape of a whole config, learned by letting the reader ask.</summary>
    internal static Shape.Table Describe() => Shape.Of(ReadSections);

    private static Package Read(SourceText source, TableNode root)
    {
        OldSpellings.Replace(source, root);
        var section = new Section(source, "", root);
        var package = ReadSections(section);
        section.ReportWhatNobodyRead();
        CrossChecks.Run(source, root, package);
        return package;
    }

    private static Package ReadSections(Section file) => new()
    {
        Metadata = file.Table("metadata", MetadataReader.Read, required: true) ?? Unnamed,
        WrittenBuild = file.Table("build", BuildReader.Read),
        WrittenRun = file.Table("run", RunReader.Read),
        Env = SettingReader.ReadAll(file, "env"),
        Docker = DockerReader.ReadIn(file),
        Ports = PortReader.ReadAll(file, mustGoSomewhere: true),
        HealthCheck = HealthCheckReader.ReadIn(file),
        Backup = BackupReader.ReadIn(file),
        Volumes = VolumeReader.ReadAll(file) ?? [],
        Providers = ProviderReader.ReadAll(file),
        Tests = TestReader.ReadAll(file),
        Cron = CronReader.ReadAll(file),
        WrittenUpdate = file.Table("update", UpdateReader.Read),
    };

    /// <summary>Stands in while the rest is read for its mistakes; a package without metadata is never handed out.</summary>
    private static Metadata Unnamed => new() { Id = "", Version = "", Title = "", Author = "" };
}
