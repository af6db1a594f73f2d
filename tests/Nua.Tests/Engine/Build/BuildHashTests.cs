using Nua.Engine.Build;
using Nua.Engine.Build.Sources;
using Xunit;

namespace Nua.Tests.Engine.Build;

public sealed class BuildHashTests
{
    private static readonly (string, string) Page = ("public/index.html", "<p>");

    [Fact]
    public async Task The_same_build_has_the_same_hash() => Assert.Equal(await HashAsync(), await HashAsync());

    [Fact]
    public async Task Whatever_decides_the_image_changes_it()
    {
        string[] hashes =
        [
            await HashAsync(),
            await HashAsync(config: "[env]\nTITLE = \"x\"\n"),
            await HashAsync(config: "[run]\npackages = \"curl\"\n"),
            await HashAsync(config: "[build]\nlicense = \"MIT\"\n"),
            await HashAsync(config: "[port.web]\ncontainer = 9000\n"),
            await HashAsync(bases: ["sha256:2"]),
            await HashAsync(bases: ["sha256:1", "sha256:2"]),
            await HashAsync(agent: "another"),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public async Task What_a_wrapped_image_does_not_take_from_the_folder_does_not_change_it()
    {
        const string Wrap = "[build]\nbase-image = \"shop:1\"\n";
        var with = new PlannedBuild(Planning.Plan(Wrap, Page), Nowhere(new SourceEntry("x", SourceKind.Folder, default, 0)));
        var without = new PlannedBuild(Planning.Plan(Wrap), Nowhere());

        Assert.Equal(await HashAsync(with), await HashAsync(without));
    }

    private static Task<string> HashAsync(string config = "", string[]? bases = null, string agent = "agent") =>
        HashAsync(new PlannedBuild(Planning.Plan(config, Page), Nowhere()), bases, agent);

    private static Task<string> HashAsync(PlannedBuild planned, string[]? bases = null, string agent = "agent") =>
        BuildHash.OfAsync(planned, bases ?? ["sha256:1"], agent, TestContext.Current.CancellationToken);

    private static SourceFolder Nowhere(params SourceEntry[] entries) => new("/nowhere", entries);
}
