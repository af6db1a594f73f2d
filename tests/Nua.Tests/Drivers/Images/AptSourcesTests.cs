using Nua.Drivers.Images.Distro;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class AptSourcesTests
{
    [Fact]
    public void Of_stanzas_each_address_and_suite_is_a_source()
    {
        var sources = Read("debian.sources",
            """
            Types: deb
            # a remark
            URIs: http://mirror.example/debian
            Suites: bookworm bookworm-updates
            Components: main contrib
            Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

            Types: deb-src
            URIs: http://mirror.example/debian
            Suites: bookworm
            Components: main
            """);

        Assert.Equal(
            [
                "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian bookworm main contrib",
                "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian bookworm-updates main contrib",
            ],
            sources);
    }

    [Fact]
    public void Lines_are_read_with_and_without_options()
    {
        var sources = Read("sources.list",
            """
            # deb http://mirror.example/old bookworm main
            deb http://mirror.example/debian/ bookworm main # here
            deb [arch=amd64 signed-by=/usr/share/keyrings/ubuntu-archive-keyring.gpg] http://mirror.example/ubuntu bookworm-security main
            deb-src http://mirror.example/debian bookworm main
            """);

        Assert.Equal(
            [
                "deb http://mirror.example/debian bookworm main",
                "deb [signed-by=/usr/share/keyrings/ubuntu-archive-keyring.gpg] http://mirror.example/ubuntu bookworm-security main",
            ],
            sources);
    }

    [Fact]
    public void Components_that_an_archive_names_line_by_line_belong_together()
    {
        var sources = Read("sources.list",
            """
            deb http://archive.example/ubuntu bookworm main restricted
            deb http://archive.example/ubuntu bookworm universe
            deb http://archive.example/ubuntu bookworm multiverse main
            """);

        Assert.Equal(["deb http://archive.example/ubuntu bookworm main restricted universe multiverse"], sources);
    }

    [Theory]
    [InlineData("deb https://packages.example/apt tool-bookworm main")]
    [InlineData("deb [signed-by=/etc/apt/keyrings/docker.asc] https://packages.example/linux/debian bookworm stable")]
    [InlineData("deb [signed-by=/usr/share/keyrings/somebody.gpg] https://packages.example/apt bookworm main")]
    [InlineData("deb https://packages.example/apt bookworm-pgdg main")]
    [InlineData("deb http://mirror.example/debian bookworm-backports main")]
    public void What_others_offer_for_the_release_is_left_out(string line) => Assert.Empty(Read("other.list", line));

    [Fact]
    public void A_source_that_is_switched_off_stays_off()
    {
        var sources = Read("debian.sources", "Enabled: no\nTypes: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main");

        Assert.Empty(sources);
    }

    [Fact]
    public void Another_release_comes_from_the_same_archives()
    {
        var sources = AptSources.Read([("sources.list", "deb http://mirror.example/debian bookworm-updates main")], "bookworm", "trixie");

        Assert.Equal("deb http://mirror.example/debian trixie-updates main", Assert.Single(sources).ToString());
    }

    private static IEnumerable<string> Read(string name, string text) =>
        AptSources.Read([(name, text)], "bookworm", "bookworm").Select(source => source.ToString());
}
