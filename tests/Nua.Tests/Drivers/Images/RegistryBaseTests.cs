using Nua.Drivers.Images.Registry;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class RegistryBaseTests
{
    [Theory]
    [InlineData(null, "debian", "bookworm", "docker.io/library/debian:bookworm-slim")]
    [InlineData("trixie", "debian", "bookworm", "docker.io/library/debian:trixie-slim")]
    [InlineData(null, "ubuntu", "noble", "docker.io/library/ubuntu:noble")]
    [InlineData(null, "linuxmint", "virginia", "docker.io/library/debian:stable-slim")]
    [InlineData(null, null, null, "docker.io/library/debian:stable-slim")]
    [InlineData("bookworm", null, null, "docker.io/library/debian:bookworm-slim")]
    public void The_base_is_the_distribution_whose_packages_recipes_name(string? suite, string? hostId, string? hostSuite, string expected) =>
        Assert.Equal(expected, RegistryBase.Of(suite, hostId, hostSuite));
}
