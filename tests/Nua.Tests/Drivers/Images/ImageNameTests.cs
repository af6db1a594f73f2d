using Nua.Drivers.Images.Docker;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class ImageNameTests
{
    [Theory]
    [InlineData("redis", "redis", "latest")]
    [InlineData("redis:7", "redis", "7")]
    [InlineData("host:5000/team/app", "host:5000/team/app", "latest")]
    [InlineData("host:5000/team/app:1.2", "host:5000/team/app", "1.2")]
    [InlineData("redis@sha256:0a1b", "redis", "sha256:0a1b")]
    [InlineData("host:5000/redis:7@sha256:0a1b", "host:5000/redis", "sha256:0a1b")]
    public void A_name_is_a_repository_and_a_tag_or_a_digest(string name, string repository, string tag) =>
        Assert.Equal((repository, tag), ImageName.Split(name));
}
