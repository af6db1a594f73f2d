using Nua.Core.Packages.Reading;

namespace Nua.Core.Sites;

/// <summary>Reads one <c>[[site]]</c>.</summary>
internal static class SiteReader
{
    private const string Prefix = "nua-";

    /// <returns><see langword="null"/>: it says neither which image nor which domain.</returns>
    public static Site? Read(Section section, SitesOfOneFile others)
    {
        var image = section.RequiredText("image").Trim();
        var address = ReadAddress(section);
        var label = ReadLabel(section, image, address);
        if (label is not null && address is not null)
        {
            others.Add(section, label, address);
        }

        var env = SettingReader.ReadAll(section, "env");
        var ports = PortReader.ReadOverrides(section);
        var volumes = VolumeReader.ReadAll(section) ?? [];
        var docker = DockerReader.ReadIn(section);
        var providers = section.Tables("provider", ReadProvider) ?? [];
        var backup = BackupReader.ReadIn(section);
        var health = HealthCheckReader.ReadIn(section);
        var tests = TestReader.ReadAll(section, address?.Host);
        return label is null || address is null
            ? null
            : new Site
            {
                Image = image,
                Address = address,
                Label = label,
                Env = env,
                Ports = ports,
                Volumes = volumes,
                Docker = docker,
                Providers = providers,
                Backup = backup,
                HealthCheck = health,
                Tests = tests,
            };
    }

    /// <summary>What a provider is was settled when the image was built.</summary>
    private static readonly string[] SettledByTheImage =
        ["module-name", "module-versions", "type", "version", "base-image", "network", "connector", "build", "run", "healthcheck"];

    private static ProviderOverride ReadProvider(Section section)
    {
        foreach (var key in SettledByTheImage.Where(key => section.Ask(key, new Shape.Anything()) is not null))
        {
            section.Source.Warn(SitesProblems.SettledByTheImage(section.PathOf(key)), section.PlaceOf(key));
        }

        return ReadOverride(section);
    }

    private static ProviderOverride ReadOverride(Section section) => new()
    {
        Name = section.RequiredText("name").Trim(),
        Env = SettingReader.ReadAll(section, "env"),
        Docker = DockerReader.ReadIn(section),
        Volumes = VolumeReader.ReadAll(section) ?? [],
        Ports = PortReader.ReadOverrides(section),
        ModuleVersion = ProviderReader.ReadVersion(section),
        Shared = section.Flag("shared"),
        Backup = BackupReader.ReadIn(section),
    };

    private static SiteAddress? ReadAddress(Section section)
    {
        var text = section.RequiredText("domain");
        if (text.Length > 0 && !SiteAddress.TryParse(text, out _))
        {
            section.Source.Error(SitesProblems.BadDomain(section.PathOf("domain"), text), section.PlaceOf("domain"));
        }

        return SiteAddress.TryParse(text, out var address) ? address : null;
    }

    /// <summary>Without a label the site is called after its app and its domain.</summary>
    private static SiteLabel? ReadLabel(Section section, string image, SiteAddress? address)
    {
        var written = section.Text("label");
        if (SiteLabel.TryParse(written ?? $"{AppOf(image)}-{address}", out var label))
        {
            return label;
        }

        if (written is not null)
        {
            section.Source.Error(SitesProblems.BadLabel(section.PathOf("label"), written), section.PlaceOf("label"));
        }

        return null;
    }

    /// <summary><c>nua-hedgedoc:1.9.7-15</c> is the app <c>hedgedoc</c>.</summary>
    private static string AppOf(string image)
    {
        var name = image.Split(':')[0].ToLowerInvariant();
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }
}
