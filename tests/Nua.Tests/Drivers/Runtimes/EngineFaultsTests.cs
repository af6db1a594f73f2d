using Nua.Core.Problems;
using Nua.Drivers.Images.Docker;
using Nua.Drivers.Runtimes.Docker;
using Xunit;

namespace Nua.Tests.Drivers.Runtimes;

public sealed class EngineFaultsTests
{
    [Theory]
    [InlineData("driver failed programming external connectivity on endpoint x (5f): Bind for 0.0.0.0:8080 failed: port is already allocated")]
    [InlineData("driver failed programming external connectivity on endpoint x (5f): Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use")]
    [InlineData("failed to set up container networking: driver failed: failed to bind host port for 0.0.0.0:8080:172.18.0.2:80/tcp: address already in use")]
    [InlineData("failed to bind host port 0.0.0.0:8080/tcp: address already in use")]
    public void A_taken_port_is_known_by_the_words_of_every_engine(string reason)
    {
        var problem = EngineFaults.Explain("start 'x'", reason);

        Assert.Equal("runtime.port-taken", problem.Code);
        Assert.Contains("Port 8080 ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_told_with_what_was_to_be_done()
    {
        var problem = EngineFaults.Explain("create 'x'", "mkdir /var/lib/docker/overlay2/1: no space left on device");

        Assert.Equal((ProblemKind.Unavailable, "runtime.disk-full"), (problem.Kind, problem.Code));
        Assert.Contains("create 'x'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("nua server cleanup", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_refusal_is_told_in_the_engines_words()
    {
        var problem = EngineFaults.Explain("start 'x'", "invalid mount config");

        Assert.Equal(("runtime.refused", "The docker engine refused to start 'x': invalid mount config"), (problem.Code, problem.Message));
    }

    [Fact]
    public void Who_may_not_open_the_socket_is_told_how_to_be_let_in()
    {
        Assert.Contains("usermod", EngineFaults.Unreachable("/run/x.sock", denied: true).Hint, StringComparison.Ordinal);
        Assert.Contains("systemctl start docker", EngineFaults.Unreachable("/run/x.sock", denied: false).Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app", "app", "latest")]
    [InlineData("team/app:1.2", "team/app", "1.2")]
    [InlineData("host:5000/app", "host:5000/app", "latest")]
    [InlineData("host:5000/team/app:1", "host:5000/team/app", "1")]
    public void A_registrys_port_is_not_a_tag(string name, string repository, string tag) =>
        Assert.Equal((repository, tag), ImageName.Split(name));
}
