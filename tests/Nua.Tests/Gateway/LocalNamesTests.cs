using Nua.Gateway.Certificates;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class LocalNamesTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("guestbook.localhost")]
    [InlineData("a.b.Test")]
    [InlineData("nas.home.arpa")]
    public void A_reserved_name_is_local(string host) => Assert.True(LocalNames.Cover(host));

    [Theory]
    [InlineData("example.org")]
    [InlineData("mylocalhost")]
    [InlineData("test.org")]
    [InlineData("arpa")]
    public void A_name_that_may_be_somebodys_is_not(string host) => Assert.False(LocalNames.Cover(host));
}
