using Nua.Api;
using Xunit;

namespace Nua.Tests.Api;

public sealed class RouteDomainTests
{
    [Theory]
    [InlineData("example.org", "example.org", "")]
    [InlineData("localhost", "localhost", "")]
    [InlineData("a-b.xn--gste-loa.example", "a-b.xn--gste-loa.example", "")]
    [InlineData("example.org/wiki", "example.org", "/wiki")]
    [InlineData("example.org/a/B_c.d~e-f/...", "example.org", "/a/B_c.d~e-f/...")]
    [InlineData("1.2.3.example", "1.2.3.example", "")]
    [InlineData("example.3com", "example.3com", "")]
    public void A_domain_is_a_host_and_perhaps_a_path(string text, string host, string path)
    {
        var domain = RouteDomain.TryParse(text);

        Assert.Equal((host, path), (domain?.Host, domain?.Path));
        Assert.Equal(text, domain?.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Example.org")]
    [InlineData("example.org.")]
    [InlineData(".example.org")]
    [InlineData("example..org")]
    [InlineData("-a.example")]
    [InlineData("a_b.example")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("example.org:443")]
    [InlineData("https://example.org")]
    [InlineData("example.org/")]
    [InlineData("example.org//wiki")]
    [InlineData("example.org/wiki/")]
    [InlineData("example.org/..")]
    [InlineData("example.org/./wiki")]
    [InlineData("example.org/a%2Fb")]
    [InlineData("example.org/wiki\n")]
    [InlineData("/wiki")]
    public void Everything_else_is_none(string? text) => Assert.Null(RouteDomain.TryParse(text));

    [Fact]
    public void A_label_or_a_name_that_dns_cannot_hold_is_none()
    {
        Assert.NotNull(RouteDomain.TryParse(new string('a', 63) + ".example"));
        Assert.Null(RouteDomain.TryParse(new string('a', 64) + ".example"));
        Assert.Null(RouteDomain.TryParse(string.Concat(Enumerable.Repeat("abcdefg.", 32)) + "example"));
    }

    [Theory]
    [InlineData("example.org", "/", true)]
    [InlineData("example.org", "/anything", true)]
    [InlineData("example.org/wiki", "/wiki", true)]
    [InlineData("example.org/wiki", "/wiki/", true)]
    [InlineData("example.org/wiki", "/wiki/page", true)]
    [InlineData("example.org/wiki", "/wikipedia", false)]
    [InlineData("example.org/wiki", "/Wiki", false)]
    [InlineData("example.org/wiki", "/", false)]
    public void A_path_is_covered_by_whole_segments(string domain, string path, bool covered) =>
        Assert.Equal(covered, RouteDomain.TryParse(domain)!.CoversPath(path));
}
