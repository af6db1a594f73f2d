using System.Net;
using Nua.Gateway.Visitors;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class AddressSharesTests
{
    private readonly AddressShares _shares = new(most: 2);

    [Fact]
    public void Who_has_its_share_waits_until_one_is_given_back()
    {
        Assert.Equal([true, true, false, true], Enter("192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2"));

        _shares.Leave(IPAddress.Parse("192.0.2.1"));

        Assert.Equal([true, false], Enter("192.0.2.1", "192.0.2.1"));
    }

    [Fact]
    public void An_IPv6_network_is_one_visitor() =>
        Assert.Equal([true, true, false, true], Enter("2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1"));

    [Fact]
    public void A_proxy_on_this_machine_speaks_for_many() =>
        Assert.Equal([true, true, true, true], Enter("127.0.0.1", "127.0.0.1", "127.0.0.1", "::1"));

    private IEnumerable<bool> Enter(params IEnumerable<string> addresses) =>
        addresses.Select(address => _shares.TryEnter(IPAddress.Parse(address)));
}
