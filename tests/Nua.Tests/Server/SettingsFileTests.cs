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
    public void Authorities_for_public_names_are_asked_in_the_order_they_are_written_in()
    {
        var key = Path.GetTempFileName();
        File.WriteAllText(key, "c2VjcmV0\n");
        var settings = SettingsFile.Read(Home, $$"""
            [[certificates.authority]]
            name = "letsencrypt"
            agree-to-terms = true
            contact = "operator@example.org"

            [[certificates.authority]]
            name = "own"
            directory = "https://ca.example.org/acme/directory"
            agree-to-terms = true
            account-id = "kid-1"
            account-key-file = "{{key}}"
            """).Certificates.Authorities;
        File.Delete(key);

        Assert.Equal(["letsencrypt", "own"], settings.Select(authority => authority.Name));
        Assert.Equal(("https", "operator@example.org"), (settings[0].Directory.Scheme, settings[0].Contact));
        Assert.Equal(new ExternalAccountEntry("kid-1", "c2VjcmV0"), settings[1].ExternalAccount);
        Assert.DoesNotContain("c2VjcmV0", settings[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_can_be_shown_to_be_ones_own_in_several_ways()
    {
        var (key, environment) = (Path.GetTempFileName(), Path.GetTempFileName());
        File.WriteAllText(key, "key \"nua\" { algorithm hmac-sha256; secret \"c2VjcmV0\"; };\n");
        File.WriteAllText(environment, "# the provider's\nTOKEN=a=b\n");
        var update = SettingsFile.Read(Home, $$"""
            [certificates]
            wildcards = ["*.example.org"]
            challenges = ["tls-alpn-01", "dns-01"]
            resolvers = ["192.0.2.53", "[2001:db8::53]:5353"]
            preflight = false

            [certificates.dns]
            server = "ns1.example.org:5353"
            zone = "example.org"
            key-file = "{{key}}"
            seen-within = "5m"
            """).Certificates;
        var program = SettingsFile.Read(Home, $$"""
            [certificates.dns]
            program = ["/usr/local/bin/dns-hook", "--zone", "example.org"]
            environment-file = "{{environment}}"
            """).Certificates;
        File.Delete(key);
        File.Delete(environment);

        Assert.Equal(["*.example.org"], update.Wildcards);
        Assert.Equal(["tls-alpn-01", "dns-01"], update.Challenges);
        Assert.Equal(["192.0.2.53:53", "[2001:db8::53]:5353"], update.Resolvers);
        Assert.Equal(("ns1.example.org:5353", "example.org", 300), (update.Dns!.Update!.Server, update.Dns.Update.Zone, update.Dns.SeenWithinSeconds));
        Assert.DoesNotContain("c2VjcmV0", update.Dns.ToString(), StringComparison.Ordinal);
        Assert.Equal((null, 80), (update.Preflight, program.Preflight!.HttpPort));
        Assert.Equal("a=b", program.Dns!.Program!.Environment["TOKEN"]);
        Assert.Equal("/usr/local/bin/dns-hook", program.Dns.Program.Command[0]);
        Assert.DoesNotContain("a=b", program.Dns.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wildcards = \"shop.example.org\"", "settings.not-like")]
    [InlineData("challenges = \"smtp-01\"", "settings.not-like")]
    [InlineData("resolvers = \"ns1\"", "settings.not-like")]
    [InlineData("dns = {}", "settings.one-way-for-dns")]
    [InlineData("dns = { server = \"ns1\" }", "settings.half-update")]
    [InlineData("dns = { server = \"ns1 update\", key-file = \"/dev/null\" }", "settings.not-like")]
    [InlineData("dns = { server = \"ns1\", key-file = \"/dev/null\" }", "settings.bad-dns-key")]
    public void A_way_that_cannot_be_gone_is_refused(string text, string code)
    {
        var refusal = Assert.Throws<NuaException>(() => SettingsFile.Read(Home, "[certificates]\n" + text));

        Assert.Contains(refusal.Problem.Details, detail => detail.Contains($"[{code}]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("name = \"letsencrypt\"", "settings.terms-not-agreed")]
    [InlineData("name = \"unheard-of\"\nagree-to-terms = true", "settings.bad-authority")]
    [InlineData("name = \"../own\"\ndirectory = \"https://ca.example.org/\"\nagree-to-terms = true", "settings.bad-authority")]
    [InlineData("name = \"own\"\ndirectory = \"http://ca.example.org/\"\nagree-to-terms = true", "settings.bad-authority")]
    [InlineData("name = \"zerossl\"\nagree-to-terms = true\naccount-id = \"kid\"", "settings.half-account")]
    [InlineData("name = \"zerossl\"\nagree-to-terms = true\ntrust = \"/nowhere/ca.pem\"", "settings.file-unreadable")]
    public void An_authority_that_cannot_be_asked_is_refused_with_its_line(string authority, string code)
    {
        var refusal = Assert.Throws<NuaException>(() => SettingsFile.Read(Home, "[[certificates.authority]]\n" + authority));

        Assert.Contains(refusal.Problem.Details, detail => detail.Contains($"[{code}]", StringComparison.Ordinal));
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
