using Nua.Drivers.Images.Docker;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class DockerBuildCacheTests
{
    [Theory]
    [InlineData("cached mount /nua/.cache from exec /bin/bash -e -o pipefail -c pip install -r requirements.txt")]
    [InlineData("cached mount /var/cache/apt from exec /bin/sh -c apt-get -q update -o APT::Update::Error-Mode=any  && DEBIAN_FRONTEND=noninteractive apt-get -q install x")]
    [InlineData("cached mount /var/lib/apt/lists from exec /bin/bash -e -o pipefail -c export DEBIAN_FRONTEND=noninteractive; apt-get update -qq -o APT::Update::Error-Mode=any")]
    public void Downloads_of_our_steps_are_known_by_where_they_are_mounted(string description) =>
        Assert.True(DockerBuildCache.IsDownloads("exec.cachemount", description));

    [Theory]
    [InlineData("exec.cachemount", "cached mount /root/.cache from exec /bin/sh -c pip install x")]
    [InlineData("exec.cachemount", "cached mount /var/cache/apt from exec /bin/sh -c apt-get update && apt-get install x")]
    [InlineData("regular", "mount / from exec /bin/bash -e -o pipefail -c cached mount /nua/.cache from exec ")]
    [InlineData("source.local", "local source for context")]
    public void Nothing_else_is(string type, string description) => Assert.False(DockerBuildCache.IsDownloads(type, description));
}
