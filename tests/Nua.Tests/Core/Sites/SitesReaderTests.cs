using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Core.Sites;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Core.Sites;

public sealed class SitesReaderTests
{
    private const string ImageConfig =
        """
        [metadata]
        id = "a"
        version = "1"
        title = "A"
        author = "x"
        [env]
        KEPT = "image"
        LANG = "en"
        [port.web]
        container = 80
        ssl = false
        [[volume]]
        name = "files"
        target = "/files"
        [[volume]]
        name = "logs"
        target = "/logs"
        [[provider]]
        name = "database"
        module-name = "postgres"
        [provider.env]
        A = "1"
        """;

    private const string SiteThatDiffers =
        """
        [[site]]
        image = "a"
        domain = "a.org"
        env = { LANG = "fr" }
        [site.port.web]
        host = 8080
        [site.port.extra]
        container = 81
        [[site.volume]]
        name = "files2"
        target = "/files"
        [[site.provider]]
        name = "database"
        env = { A = "2" }
        """;

    [Theory]
    [MemberData(nameof(Corpus.Sites), MemberType = typeof(Corpus))]
    public void Every_sites_file_of_the_corpus_is_read(string file)
    {
        var reading = SitesReader.Inspect(file, Corpus.Text(file));

        Assert.DoesNotContain(reading.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.NotEmpty(reading.Sites);
        Assert.True(SitesReader.IsSitesFile(file, Corpus.Text(file)));
    }

    [Fact]
    public void A_site_says_what_it_has_differently()
    {
        var site = Assert.Single(SitesReader.Read("sites.toml", """
            [[site]]
            image = "nua-notes:1.4"
            domain = "https://Notes.Example.org/Team/"
            label = "Team Notes"
            [site.env]
            LANG = "fr"
            [site.port.web]
            host = 8080
            [site.docker]
            mem_limit = "1G"
            [site.healthcheck]
            command = "true"
            interval = 5
            [[site.volume]]
            name = "files2"
            target = "/files"
            [[site.provider]]
            name = "database"
            [site.provider.env]
            POSTGRES_PORT = 5433
            [[site.test]]
            url = "https://notes.example.org/Team/login"
            expect_status = 200
            expect_str = "Sign in"
            expect_host_volume = "files2"
            expect_not_host_volume = "files"
            expect_host_dir = "/srv"
            """));

        Assert.Equal(("nua-notes:1.4", "notes.example.org", "/Team"), (site.Image, site.Address.Host, site.Address.Path));
        Assert.Equal(("team_notes", "team-notes"), (site.Label.Id, site.Label.Instance.ToString()));
        Assert.Equal(new PortOverride { Name = "web", Host = new PortNumber.Fixed(8080) }, Assert.Single(site.Ports));
        Assert.Equal(
            ["GET /Team/login", "volume files2 exists", "no volume files", "folder /srv exists"],
            site.Tests.Select(step => step.Name));
    }

    [Fact]
    public void A_test_without_an_address_asks_for_the_page_of_the_test_before()
    {
        var site = Assert.Single(SitesReader.Read("sites.json", """
            {"site": [{"image": "a", "domain": "a.org", "test": [{"url": "https://a.org/x"}, {"expect_str": "again"}]}]}
            """));

        Assert.Equal(["/x", "/x"], site.Tests.Cast<TestStep.Http>().Select(step => step.Url));
    }

    [Fact]
    public void All_mistakes_are_found_at_once()
    {
        var reading = SitesReader.Inspect("sites.toml", """
            [[site]]
            domain = "not a host"
            [[site]]
            image = "a"
            domain = "a.org"
            label = "one"
            [[site]]
            image = "a"
            domain = "A.org/"
            label = "One"
            [[site]]
            image = "a"
            domain = "a.org/path"
            lable = "two"
            [[site]]
            image = "a"
            domain = "b.org"
            label = "..."
            [[site.test]]
            url = "https://elsewhere.org/"
            """);

        Assert.Empty(reading.Sites);
        Assert.Equal(
            [
                "1:3 package.missing-key", "2:1 sites.bad-domain", "9:1 sites.address-taken", "10:1 sites.label-taken",
                "13:1 sites.host-shared", "14:1 package.unknown-key", "18:1 sites.bad-label", "20:7 package.other-host",
            ],
            reading.Findings.Select(finding => $"{finding.Line}:{finding.Column} {finding.Problem.Code}"));
    }

    [Theory]
    [InlineData("a.toml", "")]
    [InlineData("a.json", "{\"site\": []}")]
    [InlineData("a.json", "{\"site\": {\"image\": \"a\"}}")]
    public void A_file_without_sites_is_refused(string file, string text) =>
        Assert.Throws<PackageException>(() => SitesReader.Read(file, text));

    [Fact]
    public void Old_volumes_and_ports_of_a_site_count()
    {
        var reading = SitesReader.Inspect("sites.toml", """
            [[site]]
            image = "a"
            domain = "a.org"
            [site.port.web]
            container = 80
            host = "auto"
            [[site.volume]]
            type = "volume"
            driver = "local"
            source = "uploads"
            target = "/up"
            """);

        Assert.All(reading.Findings, finding => Assert.Equal(FindingSeverity.Deprecated, finding.Severity));
        Assert.Equal(("uploads", VolumeType.Managed), (reading.Sites[0].Volumes[0].Name, reading.Sites[0].Volumes[0].Type));
    }

    [Theory]
    [InlineData("[[site.volume]]\nname = 'a'\ntarget = '/x'\n[[site.volume]]\nname = 'b'\ntarget = '/x/'", "9:10", "package.used-twice")]
    [InlineData("[site.port.web]\nproxy = 8443\n[[site]]\nimage = 'a'\ndomain = 'b.org'\n[site.port.web]\nproxy = 8443", "10:9", "package.used-twice")]
    [InlineData("[site.port.web]\nhost = 8443\n[[site]]\nimage = 'a'\ndomain = 'b.org'\n[site.port.web]\nhost = 8443", "10:8", "package.used-twice")]
    [InlineData("[[site.provider]]\nname = 'db'\n[[site.provider]]\nname = 'db'", "7:8", "package.used-twice")]
    [InlineData("[[site.provider]]\nname = 'db'\nmodule-version = 'x'", "6:1", "package.bad-version-range")]
    public void What_two_of_a_file_cannot_both_have_is_an_error(string lines, string place, string code)
    {
        var finding = Assert.Single(SitesReader.Inspect("sites.toml", $"[[site]]\nimage = 'a'\ndomain = 'a.org'\n{lines}\n").Findings);

        Assert.Equal((FindingSeverity.Error, code, place), (finding.Severity, finding.Problem.Code, $"{finding.Line}:{finding.Column}"));
    }

    [Theory]
    [InlineData("type = 'postgres'")]
    [InlineData("base-image = 'postgres:16'")]
    [InlineData("module-name = 'postgres'")]
    [InlineData("network = true")]
    public void What_a_provider_is_no_site_can_change(string line)
    {
        var finding = Assert.Single(SitesReader.Inspect(
            "sites.toml", $"[[site]]\nimage = 'a'\ndomain = 'a.org'\n[[site.provider]]\nname = 'db'\n{line}\n").Findings);

        Assert.Equal((FindingSeverity.Warning, "sites.settled-by-the-image", 6), (finding.Severity, finding.Problem.Code, finding.Line));
    }

    [Theory]
    [InlineData("shared = true", true)]
    [InlineData("shared = false", false)]
    [InlineData("", null)]
    public void Whether_a_provider_is_shared_is_the_sites_to_say(string line, bool? shared)
    {
        var reading = SitesReader.Inspect(
            "sites.toml", $"[[site]]\nimage = 'a'\ndomain = 'a.org'\n[[site.provider]]\nname = 'db'\n{line}\n");

        Assert.Empty(reading.Findings);
        Assert.Equal(shared, reading.Sites[0].Providers[0].Shared);
    }

    [Fact]
    public void A_volume_is_replaced_however_its_target_ends()
    {
        var package = PackageReader.Read("a.toml", ImageConfig);
        var site = SitesReader.Read("sites.toml", "[[site]]\nimage = 'a'\ndomain = 'a.org'\n[[site.volume]]\nname = 'b'\ntarget = '/files/'\n")[0];

        Assert.Equal(["logs", "b"], SiteOverlay.Apply(site, package).Volumes.Select(volume => volume.Name));
    }

    [Fact]
    public void A_site_is_laid_over_the_package_of_its_image()
    {
        var package = PackageReader.Read("a.toml", ImageConfig);
        var site = SitesReader.Read("sites.toml", SiteThatDiffers)[0];

        var laid = SiteOverlay.Apply(site, package);

        Assert.Equal(["KEPT=image", "LANG=fr"], laid.Env.Select(variable => $"{variable.Key}={((Setting.Literal)variable.Value).Value}"));
        Assert.Equal(package.Ports[0] with { Host = new PortNumber.Fixed(8080) }, laid.Ports[0]);
        Assert.Equal(new Port { Name = "extra", Container = new PortNumber.Fixed(81) }, laid.Ports[1]);
        Assert.Equal(["logs", "files2"], laid.Volumes.Select(volume => volume.Name));
        Assert.Equal(new Setting.Literal("2"), laid.Providers[0].Env["A"]);
        Assert.Null(laid.Providers[0].Volumes);
    }

    [Theory]
    [InlineData("[[site.provider]]\nname = 'cache'", "sites.unknown-provider")]
    [InlineData("[site.port.extra]\nproxy = 8443", "sites.unknown-port")]
    public void What_the_image_does_not_have_cannot_be_changed(string lines, string code)
    {
        var package = PackageReader.Read("a.toml", "[metadata]\nid = 'a'\nversion = '1'\ntitle = 'A'\nauthor = 'x'\n");
        var site = SitesReader.Read("sites.toml", $"[[site]]\nimage = 'a'\ndomain = 'a.org'\n{lines}\n")[0];

        Assert.Equal(code, Assert.Throws<NuaException>(() => SiteOverlay.Apply(site, package)).Problem.Code);
    }
}
