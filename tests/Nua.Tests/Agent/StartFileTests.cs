using System.Text;
using System.Text.Json;
using Nua.Core.Starting;
using Xunit;

namespace Nua.Tests.Agent;

public sealed class StartFileTests
{
    [Fact]
    public void What_a_build_writes_the_agent_reads()
    {
        var written = new StartFile("nua", "/nua/build/web", ["echo \"é\""], ["serve ${PORT} && 'x'"], ["render"], StartsAsRoot: true);

        var read = StartFile.Parse(Encoding.UTF8.GetBytes(written.ToJson()));

        Assert.Equal(written.ToJson(), read.ToJson());
        Assert.Equal(written.Before, read.Before);
        Assert.Equal(written.Start, read.Start);
        Assert.Equal(written.Prepare, read.Prepare);
        Assert.True(read.StartsAsRoot);
    }

    [Fact]
    public void What_is_not_said_has_a_default()
    {
        var read = StartFile.Parse("""{"start": ["serve"]}"""u8);

        Assert.Equal(("nua", "/nua/build"), (read.User, read.WorkingDirectory));
        Assert.Empty(read.Before);
        Assert.Empty(read.Prepare);
        Assert.False(read.StartsAsRoot);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"start": "serve"}""")]
    public void Anything_else_is_an_error(string json) =>
        Assert.Throws<JsonException>(() => StartFile.Parse(Encoding.UTF8.GetBytes(json)));
}
