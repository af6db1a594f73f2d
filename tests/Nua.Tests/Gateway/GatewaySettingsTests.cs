using System.Net;
using Nua.Api;
using Nua.Gateway;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class GatewaySettingsTests
{
    private static readonly NuaHome Home = NuaHome.Under("/home/of/nua");

    [Fact]
    public void Without_a_word_every_address_of_the_machine_is_used()
    {
        var settings = GatewaySettings.Parse([], Home);

        Assert.Equal(80, Assert.Single(settings.Http).Port);
        Assert.Equal(443, Assert.Single(settings.Https).Port);
        Assert.Contains(settings.Https[0].Address, new[] { IPAddress.IPv6Any, IPAddress.Any });
    }

    [Fact]
    public void Addresses_are_used_as_they_are_given()
    {
        var settings = GatewaySettings.Parse(
            ["--https", "0.0.0.0:8443", "--http", "127.0.0.1:8080", "--https", "[::1]:8443"], Home);

        Assert.Equal([IPEndPoint.Parse("127.0.0.1:8080")], settings.Http);
        Assert.Equal([IPEndPoint.Parse("0.0.0.0:8443"), IPEndPoint.Parse("[::1]:8443")], settings.Https);
    }

    [Theory]
    [InlineData("--http")]
    [InlineData("--http", "")]
    [InlineData("--http", "8080")]
    [InlineData("--http", "127.0.0.1")]
    [InlineData("--http", "[::1]")]
    [InlineData("--http", "::1")]
    [InlineData("--http", "localhost:80")]
    [InlineData("--http", "127.0.0.1:99999")]
    [InlineData("8080")]
    public void What_is_not_an_address_with_a_port_is_refused(params string[] arguments)
    {
        var refusal = Assert.Throws<GatewayException>(() => GatewaySettings.Parse(arguments, Home));

        Assert.Equal("gateway.bad-usage", refusal.Refusal.Code);
        Assert.Equal(2, refusal.ExitCode);
    }
}
