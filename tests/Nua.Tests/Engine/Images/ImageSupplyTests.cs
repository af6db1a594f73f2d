using Nua.Core.Problems;
using Nua.Engine.Images;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Images;

public sealed class ImageSupplyTests
{
    private static readonly ImageRecipe Recipe = new() { Name = "postgres", Version = "15" };

    private readonly InMemoryImageSource _distro = new("distro");
    private readonly InMemoryImageSource _registry = new("registry");
    private readonly LineLog _log = new();

    [Fact]
    public async Task What_is_there_is_taken_before_anything_is_made()
    {
        _registry.Has = true;

        var image = await EnsureAsync();

        Assert.Equal("registry/postgres:15", image.Reference);
        Assert.Empty(_distro.Supplied);
    }

    [Fact]
    public async Task The_first_source_that_can_supplies()
    {
        var image = await EnsureAsync();

        Assert.Equal("distro/postgres:15", image.Reference);
        Assert.Empty(_registry.Supplied);
    }

    [Fact]
    public async Task A_source_that_fails_is_followed_by_the_next()
    {
        _distro.Failure = new Problem(ProblemKind.NotFound, "image.packages-unknown", "There is no package.", "Ask for another.");

        var image = await EnsureAsync();

        Assert.Equal("registry/postgres:15", image.Reference);
        Assert.Contains("distro: There is no package.", _log.Lines);
    }

    [Fact]
    public async Task When_all_fail_each_says_why()
    {
        _distro.Can = false;
        _registry.Failure = new Problem(ProblemKind.Unavailable, "image.not-pulled", "The registry is silent.", "Try again.", ["timeout"]);

        var failure = (await Assert.ThrowsAsync<NuaException>(EnsureAsync)).Problem;

        Assert.Equal("image.no-source", failure.Code);
        Assert.Equal(["distro: does not have it", "registry: The registry is silent.", "  timeout"], failure.Details);
    }

    [Fact]
    public async Task When_all_fail_the_one_that_does_not_have_it_tells_what_to_ask_for()
    {
        _distro.Failure = new Problem(ProblemKind.NotFound, "image.packages-unknown", "There is no package 9; there is 15.", "Ask for another.");
        _registry.Failure = new Problem(ProblemKind.Unavailable, "image.not-pulled", "The registry is silent.", "Try again.");

        var failure = (await Assert.ThrowsAsync<NuaException>(EnsureAsync)).Problem;

        Assert.Equal((ProblemKind.NotFound, "image.no-source", "Ask for another."), (failure.Kind, failure.Code, failure.Hint));
        Assert.EndsWith(": There is no package 9; there is 15.", failure.Message);
        Assert.Equal(2, failure.Details.Count);
    }

    [Fact]
    public async Task An_engine_that_is_down_is_no_matter_of_the_next_source()
    {
        _distro.Failure = new Problem(ProblemKind.Unavailable, "runtime.unreachable", "The engine is down.", "Start it.");

        var failure = (await Assert.ThrowsAsync<NuaException>(EnsureAsync)).Problem;

        Assert.Equal("runtime.unreachable", failure.Code);
        Assert.Empty(_registry.Supplied);
    }

    [Fact]
    public async Task What_is_there_is_made_anew_when_that_is_asked()
    {
        _distro.Has = true;

        await new ImageSupply(_distro, _registry).RefreshAsync(Recipe, _log, TestContext.Current.CancellationToken);

        Assert.Equal([Recipe], _distro.Supplied);
    }

    [Fact]
    public async Task What_cannot_be_made_anew_is_taken_as_it_is_there()
    {
        _distro.Has = true;
        _distro.Failure = new Problem(ProblemKind.Unavailable, "image.bootstrap-failed", "The mirror is silent.", "Try again.");
        _registry.Can = false;

        var image = await new ImageSupply(_distro, _registry).RefreshAsync(Recipe, _log, TestContext.Current.CancellationToken);

        Assert.Equal("distro/postgres:15", image.Reference);
        Assert.Equal("distro/postgres:15 is not made anew: no source could.", _log.Lines[^1]);
    }

    private Task<Image> EnsureAsync() =>
        new ImageSupply(_distro, _registry).EnsureAsync(Recipe, _log, TestContext.Current.CancellationToken);
}
