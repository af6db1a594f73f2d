using Nua.Engine.Build.Dockerfiles;
using Xunit;

namespace Nua.Tests.Engine.Build;

public sealed class OwnDockerfileTests
{
    [Theory]
    [InlineData("FROM a\n", "FROM a AS nua-app\n", "nua-app")]
    [InlineData("from a as b\nRUN x\n", "from a as b\nRUN x\n", "b")]
    [InlineData("FROM a AS b\nFROM --platform=$X b\n", "FROM a AS b\nFROM --platform=$X b AS nua-app\n", "nua-app")]
    [InlineData("FROM \\\n  a\nRUN echo FROM c\n", "FROM \\\n  a AS nua-app\nRUN echo FROM c\n", "nua-app")]
    [InlineData("# syntax=docker/dockerfile:1\r\nFROM a # x\r\n", "FROM a AS nua-app # x\n", "nua-app")]
    public void The_last_stage_is_found_or_named(string text, string expected, string stage) =>
        Assert.Equal(new OwnDockerfile(expected, stage), OwnDockerfile.Parse(text));

    [Fact]
    public void One_that_builds_from_nothing_is_none() => Assert.Null(OwnDockerfile.Parse("RUN echo FROM a\n# FROM a\n"));
}
