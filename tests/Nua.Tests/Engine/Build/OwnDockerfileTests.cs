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
    [InlineData("FROM a\nRUN x \\\n  # FROM remark\n  FROM b\n", "FROM a AS nua-app\nRUN x \\\n  # FROM remark\n  FROM b\n", "nua-app")]
    [InlineData("FROM a\nRUN <<EOF\nFROM b\nEOF\nRUN y\n", "FROM a AS nua-app\nRUN <<EOF\nFROM b\nEOF\nRUN y\n", "nua-app")]
    [InlineData("FROM a\nCOPY <<-'one' <<two /x/\nFROM b\none\nFROM c\ntwo\nFROM d\n", "FROM a\nCOPY <<-'one' <<two /x/\nFROM b\none\nFROM c\ntwo\nFROM d AS nua-app\n", "nua-app")]
    [InlineData("# escape=`\nFROM a\nRUN x `\nFROM b\n", "# escape=`\nFROM a AS nua-app\nRUN x `\nFROM b\n", "nua-app")]
    [InlineData("FROM a\nRUN echo \"<<EOF\" x<<EOF << EOF\nFROM b\nEOF\n", "FROM a\nRUN echo \"<<EOF\" x<<EOF << EOF\nFROM b AS nua-app\nEOF\n", "nua-app")]
    [InlineData("FROM a\nRUN 3<<EOF\n EOF\nFROM b\nEOF\n", "FROM a AS nua-app\nRUN 3<<EOF\n EOF\nFROM b\nEOF\n", "nua-app")]
    public void The_last_stage_is_found_or_named(string text, string expected, string stage)
    {
        var own = OwnDockerfile.Parse(text)!;

        Assert.Equal((expected, stage), (own.Text, own.LastStage));
    }

    [Fact]
    public void The_images_it_names_itself_are_known() => Assert.Equal(
        ["debian:12", "redis@sha256:0a"],
        OwnDockerfile.Parse("ARG V=1\nFROM debian:12 AS build\nFROM shop:$V\nFROM scratch\nFROM redis@sha256:0a\nFROM build\nFROM debian:12\n")!.Images);

    [Theory]
    [InlineData("RUN --mount=type=cache,id=nua-apt-archives,target=/x make", true)]
    [InlineData("RUN --mount=type=bind,target=/y --mount=target=/x,type=cache,ID=\"nua-shop-downloads\" make", true)]
    [InlineData("RUN --mount=type=cache,i\\\nd=nu\\a-apt-lists,target=/x make", true)]
    [InlineData("ONBUILD RUN --mount=type=cache,id=$ID,target=/x make", true)]
    [InlineData("RUN echo \"<<EOF\"\nRUN --mount=type=cache,id=nua-apt-lists,target=/x make\nEOF", true)]
    [InlineData("RUN <<EOF\nRUN --mount=type=cache,id=nua-apt-lists,target=/x make\nEOF", true)]
    [InlineData("RUN --mount=type=cache,i\\\n# remark\n\nd=nua-apt-lists,target=/x make", true)]
    [InlineData("# RUN --mount=type=cache,id=nua-apt-lists,target=/x make", false)]
    [InlineData("RUN --mount=type=cache,target=/root/.npm npm ci", false)]
    [InlineData("RUN --mount=type=cache,id=npm,target=/nua-x npm ci", false)]
    public void A_cache_of_other_builds_is_not_its_to_mount(string line, bool borrows) =>
        Assert.Equal(borrows, OwnDockerfile.Parse($"FROM a\n{line}\n")!.BorrowsCache);

    [Fact]
    public void One_that_builds_from_nothing_is_none() => Assert.Null(OwnDockerfile.Parse("RUN echo FROM a\n# FROM a\n"));
}
