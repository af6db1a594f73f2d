using Nua.Gateway.Visitors;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class ForwardingHeadersTests
{
    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x_forwarded-for")]
    [InlineData("X_FORWARDED_ANYTHING")]
    [InlineData("Forwarded")]
    [InlineData("x-real_ip")]
    [InlineData("Proxy")]
    [InlineData("true-client-ip")]
    [InlineData("Client-IP")]
    [InlineData("CF_Connecting_IP")]
    [InlineData("X-Cluster-Client-IP")]
    [InlineData("X-Scheme")]
    [InlineData("x-url-scheme")]
    [InlineData("Front-End-Https")]
    [InlineData("REMOTE_USER")]
    [InlineData("X-Remote-User")]
    public void What_only_the_gateway_may_say_is_known_in_every_spelling(string header) =>
        Assert.True(ForwardingHeaders.Include(header));

    [Theory]
    [InlineData("X")]
    [InlineData("X-Forward")]
    [InlineData("Proxy-Authorization")]
    [InlineData("From")]
    [InlineData("X-Requested-With")]
    [InlineData("TE")]
    [InlineData("Client")]
    [InlineData("Cookie")]
    public void Other_headers_are_the_visitors(string header) => Assert.False(ForwardingHeaders.Include(header));
}
