using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Providers are started after those whose variables they look up.</summary>
public sealed class StartOrderTests
{
    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a<b b", "b a")]
    [InlineData("a<b b c<a", "b a c")]
    [InlineData("a<b,c,d b<c c d", "c d b a")]
    [InlineData("d a<b b<c c<d", "d c b a")]
    [InlineData("a<a", "a")]
    public void Whoever_is_needed_comes_first(string providers, string order) =>
        Assert.Equal(order, string.Join(' ', StartOrder.Of(Parse(providers)).Select(provider => provider.Name)));

    [Theory]
    [InlineData("a<b b<a", "deploy.provider-cycle")]
    [InlineData("a b<c c<d d<b", "deploy.provider-cycle")]
    [InlineData("a b a", "deploy.provider-twice")]
    public void What_has_no_order_is_refused(string providers, string code) =>
        Assert.Equal(code, Assert.Throws<NuaException>(() => StartOrder.Of(Parse(providers))).Problem.Code);

    /// <summary><c>a&lt;b,c</c>: a looks up a variable of b and one of c.</summary>
    private static IReadOnlyList<EffectiveProvider> Parse(string providers) => [.. providers.Split(' ').Select(ParseOne)];

    private static EffectiveProvider ParseOne(string provider)
    {
        var parts = provider.Split('<');
        return new EffectiveProvider
        {
            Name = parts[0],
            Module = null,
            Version = null,
            Recipe = null,
            Env = parts.Skip(1)
                .SelectMany(needs => needs.Split(','))
                .ToDictionary(name => $"OF_{name}", Setting (name) => new Setting.Lookup(name, "hostname")),
            Docker = new Dictionary<string, System.Text.Json.JsonElement>(),
            Ports = [],
            Volumes = [],
            HealthCheck = null,
        };
    }
}
