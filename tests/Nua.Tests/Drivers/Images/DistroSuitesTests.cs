using Nua.Drivers.Images.Distro;
using Nua.Engine.Providers.Postgres;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class DistroSuitesTests
{
    [Theory]
    [InlineData("debian", "bookworm", "bookworm trixie bullseye")]
    [InlineData("debian", "trixie", "trixie bookworm bullseye")]
    [InlineData("ubuntu", "noble", "noble")]
    public void The_release_in_use_comes_first_and_the_oldest_last(string distribution, string suite, string suites) =>
        Assert.Equal(suites, string.Join(' ', DistroSuites.Of(distribution, suite)));

    [Theory]
    [InlineData("13", "bullseye")]
    [InlineData("15", "bookworm")]
    [InlineData("16", null)]
    public void A_version_is_made_of_the_release_that_carries_it(string version, string? suite) =>
        Assert.Equal(suite, DistroSuites.For(PostgresImage.For(version), DistroSuites.Of("debian", "trixie")));
}
