using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Nua.Api;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Core.Quantities;
using Nua.Engine.Build.Sources;

namespace Nua.Server.Settings;

/// <summary>Reads <c>nua.toml</c>, and says everything that is wrong with it at once; without the file all is as usual.</summary>
internal static partial class SettingsFile
{
    private const int MostBuilds = 1000;

    private static readonly TimeSpan ShortestBuild = TimeSpan.FromSeconds(1);

    /// <exception cref="NuaException"><c>settings.invalid</c>, <c>package.unreachable</c></exception>
    public static ServerSettings Read(NuaHome home) => File.Exists(home.SettingsFile)
        ? Read(home, FileText.Read(home.SettingsFile))
        : new ServerSettings { Name = UsualName(home) };

    /// <summary>Reads settings that are at hand.</summary>
    public static ServerSettings Read(NuaHome home, string text)
    {
        var source = new SourceText(home.SettingsFile, text, new ReadingOptions(Strict: true));
        var settings = Tree.Parse(source) is { } root ? Read(home, new Section(source, "", root)) : null;
        return settings is null || source.HasErrors
            ? throw new NuaException(SettingsProblems.Invalid(home.SettingsFile, source.Findings))
            : settings;
    }

    private static ServerSettings Read(NuaHome home, Section file)
    {
        var usual = new ServerSettings { Name = UsualName(home) };
        var settings = usual with
        {
            Name = Name(file) ?? usual.Name,
            DomainSuffix = file.Text("domain-suffix") ?? usual.DomainSuffix,
            Engine = file.Table("engine", ReadEngine) ?? usual.Engine,
            Api = file.Table("api", ReadApi) ?? usual.Api,
            Gateway = file.Table("gateway", ReadGateway) ?? usual.Gateway,
            Certificates = file.Table("certificates", CertificatesReader.Read) ?? usual.Certificates,
            Images = file.Table("images", ReadImages) ?? usual.Images,
            Build = file.Table("build", ReadBuild) ?? usual.Build,
            Mirrors = file.Table("mirrors", MirrorsReader.Read) ?? usual.Mirrors,
        };
        file.ReportWhatNobodyRead();
        return settings;
    }

    private static EngineSettings ReadEngine(Section engine)
    {
        var usual = new EngineSettings();
        return new EngineSettings(engine.Text("socket") ?? usual.Socket);
    }

    private static ApiSettings ReadApi(Section api)
    {
        var settings = new ApiSettings(Addresses(api, "listen"), api.FilledText("certificate"), api.FilledText("key"));
        if (settings.Certificate is null != settings.Key is null)
        {
            api.Source.Error(SettingsProblems.HalfCertificate(api.PathOf("certificate"), api.PathOf("key")), api.At);
        }

        return settings;
    }

    private static GatewaySettings ReadGateway(Section gateway) => new(Addresses(gateway, "http"), Addresses(gateway, "https"));

    private static ImageSettings ReadImages(Section images)
    {
        var usual = new ImageSettings();
        var sources = images.Texts("sources");
        foreach (var unknown in sources.Except(usual.Sources))
        {
            images.Source.Error(SettingsProblems.UnknownSource(images.PathOf("sources"), unknown, usual.Sources), images.PlaceOf("sources"));
        }

        return new ImageSettings
        {
            Sources = sources.Count > 0 ? sources : usual.Sources,
            Suite = images.Text("suite"),
            Snapshot = Moment(images, "snapshot"),
            SnapshotArchive = images.Text("snapshot-archive"),
        };
    }

    private static BuilderSettings ReadBuild(Section build)
    {
        var usual = new BuilderSettings();
        return new BuilderSettings
        {
            TimeLimit = build.Duration("time-limit", ShortestBuild) ?? usual.TimeLimit,
            AtOnce = build.Integer("at-once", 1, MostBuilds) ?? usual.AtOnce,
            MemoryBytes = Bytes(build, "memory") ?? usual.MemoryBytes,
            Authorities = build.Text("authorities") ?? usual.Authorities,
            Uploads = new UnpackingLimits(Bytes(build, "max-upload") ?? usual.Uploads.Bytes),
            Sources = new UnpackingLimits(Bytes(build, "max-source") ?? usual.Sources.Bytes),
        };
    }

    /// <summary>It becomes part of the names of containers, as an instance's name does.</summary>
    private static string? Name(Section file)
    {
        var name = file.Text("name");
        if (name is not null && !PartOfNames.IsMatch(name))
        {
            file.Source.Error(SettingsProblems.BadName(name), file.PlaceOf("name"));
        }

        return name;
    }

    private static IReadOnlyList<string> Addresses(Section gateway, string key)
    {
        var addresses = gateway.OneOrMore(key);
        foreach (var bad in addresses.Where(address => !address.Contains(':') || !IPEndPoint.TryParse(address, out _)))
        {
            gateway.Source.Error(SettingsProblems.BadAddress(gateway.PathOf(key), bad), gateway.PlaceOf(key));
        }

        return addresses;
    }

    private static DateTimeOffset? Moment(Section section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssZ"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment;
        }

        section.Source.Error(SettingsProblems.BadMoment(section.PathOf(key), text), section.PlaceOf(key));
        return null;
    }

    private static long? Bytes(Section section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (ByteSize.TryParse(text, out var bytes) && bytes > 0)
        {
            return bytes;
        }

        section.Source.Error(SettingsProblems.BadSize(section.PathOf(key), text), section.PlaceOf(key));
        return null;
    }

    /// <summary>The usual home has the usual name; the objects of another are told apart by its path.</summary>
    private static string UsualName(NuaHome home) => home == NuaHome.Usual
        ? "nua"
        : $"nua-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home.State)).AsSpan(0, 3))}";

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,29}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex PartOfNames { get; }
}
