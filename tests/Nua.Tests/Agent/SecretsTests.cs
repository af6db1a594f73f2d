using Nua.Agent.Starting;
using Nua.Core.Problems;
using Xunit;

namespace Nua.Tests.Agent;

public sealed class SecretsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-secrets-");

    private string Place => Path.Combine(_folder.FullName, "secrets.json");

    [Fact]
    public void They_are_names_and_texts()
    {
        File.WriteAllText(Place, """{"PASSWORD": "x"}""");

        Assert.Equal("x", Secrets.Read(Place)["PASSWORD"]);
    }

    [Theory]
    [InlineData("secrets.json")]
    [InlineData("nowhere/secrets.json")]
    public void A_container_without_any_starts(string place) => Assert.Empty(Secrets.Read(Path.Combine(_folder.FullName, place)));

    [Fact]
    public void What_is_there_and_cannot_be_read_is_refused()
    {
        Directory.CreateDirectory(Place);

        var refusal = Assert.Throws<NuaException>(() => Secrets.Read(Place));

        Assert.Equal("agent.unreadable-secrets", refusal.Problem.Code);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
