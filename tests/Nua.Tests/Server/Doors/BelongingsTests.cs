using System.Net;
using Nua.Api;
using Nua.Engine.Access;
using Nua.Server.Doors;
using Xunit;

namespace Nua.Tests.Server.Doors;

public sealed class BelongingsTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Theory]
    [InlineData("mine", "mine", true)]
    [InlineData("mine", "nua-notes:2.0", true)]
    [InlineData("mine", "nua-mine:1.0", true)]
    [InlineData("wiki", "nua-wiki:1.0", true)]
    [InlineData("wiki", "mine", false)]
    [InlineData("wiki", "nua-notes:2.0", false)]
    [InlineData("wiki", "wiki:1.0", false)]
    [InlineData("wiki", "nua-wiki:1.0:2.0", false)]
    [InlineData("wiki", "package /srv/wiki", false)]
    [InlineData("wiki", "nua-", false)]
    public async Task To_an_instance_belong_the_apps_it_is_a_copy_of_and_called_after(string instance, string subject, bool belongs)
    {
        await using var world = await DoorWorld.StartAsync();
        await world.Server.EndOfAsync(await world.Server.Client.DeployAsync(new DeployBody("notes", "mine", "mine.localhost"), Cancellation));

        var holder = new Principal("token ci", [Scope.Deploy], [instance]);

        Assert.Equal(belongs, await world.Server.Plane.Belongings.IncludeAsync(holder, subject, Cancellation));
        Assert.True(await world.Server.Plane.Belongings.IncludeAsync(Principal.Administrator("root"), subject, Cancellation));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    public void Who_has_an_address_of_a_network_of_theirs_has_all_of_it(string address, string name) =>
        Assert.Equal(name, Origin.NameOf(IPAddress.Parse(address)));
}
