using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nua.Core.Packages.Reading;
using Nua.Core.Quantities;

namespace Nua.Core.Packages;

/// <summary>
/// Writes the normal form of a package: kebab-case JSON with every key of the format in its place, <c>null</c> where
/// nothing is said. It is what an image carries as <c>/nua/metadata/nua-config.json</c> and
/// what <c>nua config show --json</c> prints, and <see cref="PackageReader"/> reads it back as the same package.
/// </summary>
public static class PackageWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToJson(Package package)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            Write(writer, package);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static void Write(Utf8JsonWriter writer, Package package)
    {
        var json = new NormalForm(writer);
        json.Object(() =>
        {
            json.Object("metadata", () => WriteMetadata(json, package.Metadata));
            WriteBuild(json, package.WrittenBuild);
            WriteRun(json, package.WrittenRun);
            json.Object("env", () => WriteEnv(json, package.Env));
            json.Objects("provider", package.Providers.Count == 0 ? null : package.Providers, provider => WriteProvider(json, provider));
            WriteVolumes(json, package.Volumes.Count == 0 ? null : package.Volumes);
            json.Object("port", () => WritePorts(json, package.Ports));
            json.Elements("docker", package.Docker);
            WriteBackup(json, package.Backup);
            WriteHealthCheck(json, package.HealthCheck, always: true);
            TestWriter.Write(json, package.Tests);
            CronWriter.Write(json, package.Cron);
            WriteUpdate(json, package.WrittenUpdate);
        });
    }

    private static void WriteMetadata(NormalForm json, Metadata metadata)
    {
        json.Text("id", metadata.Id);
        json.Text("version", metadata.Version);
        json.Text("title", metadata.Title);
        json.Text("author", metadata.Author);
        json.Text("description", metadata.Description);
        json.Text("tagline", metadata.Tagline);
        json.Text("website", metadata.Website);
        json.Texts("tags", metadata.Tags);
        json.Texts("profile", metadata.Profile);
        json.Integer("release", metadata.Release);
    }

    private static void WriteBuild(NormalForm json, BuildSection? build) => json.Object("build", build, section =>
    {
        json.Text("license", section.License);
        json.Text("method", section.Method is { } method ? BuildReader.Methods.WordFor(method) : null);
        json.Key("builder", section.Builder, WriteBuilder);
        json.List("builders", section.Builders.Count == 0 ? null : section.Builders, WriteBuilder);
        json.Texts("packages", section.Packages);
        json.Texts("build", section.Commands);
        json.Texts("test", section.Test);
        json.Text("project", section.Project);
        json.Text("src-url", section.SrcUrl);
        json.Text("src-checksum", section.SrcChecksum);
        json.Text("git-url", section.GitUrl);
        json.Text("git-branch", section.GitBranch);
        json.Text("base-image", section.BaseImage);
        json.Texts("meta-packages", section.MetaPackages);
        json.Texts("before-build", section.BeforeBuild);
        json.Texts("pip-install", section.PipInstall);
        json.OwnText("document-root", section.DocumentRoot);
    });

    private static void WriteBuilder(Utf8JsonWriter writer, BuilderChoice builder)
    {
        if (builder.Version is null)
        {
            writer.WriteStringValue(builder.Name);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("name", builder.Name);
        writer.WriteString("version", builder.Version);
        writer.WriteEndObject();
    }

    private static void WriteRun(NormalForm json, RunSection? run) => json.Object("run", run, section =>
    {
        json.Texts("packages", section.Packages);
        json.Texts("start", section.Start);
        json.Texts("before-run", section.BeforeRun);
        json.Texts("post-run", section.PostRun);
        json.Text("post-run-status", section.WrittenPostRunStatus);
    });

    private static void WriteEnv(NormalForm json, IReadOnlyDictionary<string, Setting> env)
    {
        foreach (var (name, setting) in env)
        {
            json.Key(name, setting, SettingWriter.Write);
        }
    }

    private static void WriteProvider(NormalForm json, ProviderRequirement provider)
    {
        json.Text("name", provider.Name);
        json.Text("type", provider.Type);
        json.Flag("network", provider.Network);
        json.Texts("connector", provider.Connector);
        WriteBuild(json, provider.Build);
        WriteRun(json, provider.Run);
        json.Object("env", provider.Env.Count == 0 ? null : provider.Env, env => WriteEnv(json, env));
        json.Object("port", provider.Ports.Count == 0 ? null : provider.Ports, ports => WritePorts(json, ports));
        WriteVolumes(json, provider.Volumes);
        json.Elements("docker", provider.Docker);
        WriteBackup(json, provider.Backup);
        WriteHealthCheck(json, provider.HealthCheck, always: false);
        json.Text("module-name", provider.Module);
        json.Text("module-version", provider.ModuleVersion);
        json.Text("module-versions", null);
    }

    private static void WritePorts(NormalForm json, IReadOnlyList<Port> ports)
    {
        foreach (var port in ports)
        {
            json.Object(port.Name, () =>
            {
                json.Key("container", port.Container, WritePortNumber);
                json.Key("host", port.Host, WritePortNumber);
                json.Key("proxy", port.Proxy, WritePortNumber);
                json.Text("protocol", PortReader.Protocols.WordFor(port.Protocol));
                json.Flag("ssl", port.Ssl);
                json.Flag("web", port.IsWeb);
            });
        }
    }

    private static void WritePortNumber(Utf8JsonWriter writer, PortNumber number)
    {
        if (number is PortNumber.Fixed(var port))
        {
            writer.WriteNumberValue(port);
        }
        else
        {
            SettingWriter.Write(writer, ((PortNumber.Dynamic)number).Setting);
        }
    }

    private static void WriteVolumes(NormalForm json, IReadOnlyList<Volume>? volumes) => json.Objects("volume", volumes, volume =>
    {
        json.Text("name", volume.Name);
        json.Text("type", volume.WrittenType is { } type ? VolumeReader.Types.WordFor(type) : null);
        json.Text("target", volume.Target);
        json.Text("driver", volume.WrittenDriver);
        json.TextMap("options", volume.Options);
        WriteBackup(json, volume.Backup);
    });

    private static void WriteBackup(NormalForm json, BackupPolicy? backup) => json.Object("backup", backup, policy =>
    {
        json.Text("method", policy.Method);
        json.Text("frequency", policy.WrittenFrequency);
        json.Elements("options", policy.Options);
        json.OwnObject("keep", policy.Keep.Count == 0 ? null : policy.Keep, keep => keep.ToList().ForEach(kept => json.Integer(kept.Key, kept.Value)));
        json.OwnTexts("destinations", policy.Destinations);
        json.OwnText("drill", policy.Drill is { } drill ? Duration.Format(drill) : null);
        json.OwnText("rpo", policy.Rpo is { } rpo ? Duration.Format(rpo) : null);
        json.OwnText("rto", policy.Rto is { } rto ? Duration.Format(rto) : null);
    });

    private static void WriteHealthCheck(NormalForm json, HealthCheck? health, bool always)
    {
        if (health is null && !always)
        {
            return;
        }

        json.Object("healthcheck", health, check =>
        {
            json.Text("command", check.Command);
            json.Seconds("interval", check.Interval);
            json.Seconds("timeout", check.Timeout);
            json.Integer("retries", check.Retries);
            json.Seconds("start-period", check.StartPeriod);
        });
    }

    private static void WriteUpdate(NormalForm json, UpdateSection? update) =>
        json.OwnObject("update", update, section =>
        {
            json.Texts("migrate", section.Migrate);
            json.Text("strategy", UpdateReader.Strategies.WordFor(section.Strategy));
            json.Duration("watch", section.Watch);
        });
}
