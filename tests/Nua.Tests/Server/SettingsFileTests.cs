using Nua.Api;
using Nua.Core.Problems;
using Nua.Server.Settings;
using Xunit;

namespace Nua.Tests.Server;

public sealed class SettingsFileTests
{
    private static readonly NuaHome Home = NuaHome.Under("/nowhere/nua");

    [Fact]
    public void Without_a_file_all_is_as_usual()
    {
        Assert.Equal("nua", SettingsFile.Read(NuaHome.Usual).Name);
        Assert.Matches("^nua-[0-9a-f]{6}$", SettingsFile.Read(Home).Name);
        Assert.Empty(SettingsFile.Read(Home).Gateway.Arguments);
        Assert.Empty(SettingsFile.Read(Home).Api.Listen);
    }

    [Fact]
    public void Every_setting_can_be_chosen()
    {
        var settings = SettingsFile.Read(Home, """
            name = "blue"
            domain-suffix = "apps.example.org"

            [engine]
            socket = "/run/other.sock"

            [gateway]
            http = "127.0.0.1:8080"
            https = ["127.0.0.1:8443", "[::1]:8443"]

            [images]
            sources = ["registry"]
            suite = "bookworm"
            snapshot = "2026-01-02T03:04:05Z"
            snapshot-archive = "http://archive.example.org/{archive}/{moment}"

            [build]
            time-limit = "10m"
            authorities = "/etc/ssl/company.pem"
            max-upload = "2GB"
            """);

        Assert.Equal(("blue", "apps.example.org", "/run/other.sock"), (settings.Name, settings.DomainSuffix, settings.Engine.Socket));
        Assert.Equal(
            ["--http", "127.0.0.1:8080", "--https", "127.0.0.1:8443", "--https", "[::1]:8443"], settings.Gateway.Arguments);
        Assert.Equal(["registry"], settings.Images.Sources);
        Assert.Equal("bookworm", settings.Images.Suite);
        Assert.Equal(
            (new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "http://archive.example.org/{archive}/{moment}"),
            (settings.Images.Snapshot, settings.Images.SnapshotArchive));
        Assert.Equal((TimeSpan.FromMinutes(10), "/etc/ssl/company.pem"), (settings.Build.TimeLimit, settings.Build.Authorities));
        Assert.Equal(2L << 30, settings.Build.Uploads.Bytes);
    }

    [Fact]
    public void The_remote_door_can_be_opened_with_a_certificate_of_ones_own()
    {
        var api = SettingsFile.Read(Home, """
            [api]
            listen = "0.0.0.0:9443"
            certificate = "/etc/nua/door.crt"
            key = "/etc/nua/door.key"
            """).Api;

        Assert.Equal(["0.0.0.0:9443"], api.Listen);
        Assert.Equal(("/etc/nua/door.crt", "/etc/nua/door.key"), (api.Certificate, api.Key));
    }

    [Theory]
    [InlineData("name = \"Blue Server\"", "settings.bad-name", 1)]
    [InlineData("\n[gateway]\nhttps = [\"8443\"]", "settings.bad-address", 3)]
    [InlineData("\n[api]\nlisten = \"9443\"", "settings.bad-address", 3)]
    [InlineData("\n[api]\ncertificate = \"/door.crt\"", "settings.half-certificate", 2)]
    [InlineData("[images]\nsources = [\"hub\"]", "settings.unknown-source", 2)]
    [InlineData("[images]\nsnapshot = \"yesterday\"", "settings.bad-moment", 2)]
    [InlineData("[build]\nmax-upload = \"much\"", "settings.bad-size", 2)]
    [InlineData("[gatway]\nhttps = []", "package.unknown-key", 1)]
    [InlineData("name = ", "package.unreadable", 1)]
    public void What_is_wrong_is_named_with_its_line(string text, string code, int line)
    {
        var refusal = Assert.Throws<NuaException>(() => SettingsFile.Read(Home, text)).Problem;

        Assert.Equal("settings.invalid", refusal.Code);
        Assert.Contains(refusal.Details, detail => detail.StartsWith($"{Home.SettingsFile}:{line}:", StringComparison.Ordinal) && detail.Contains(code));
    }
}
