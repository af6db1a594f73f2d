using System.Text.Json;
using Nua.Tests.Server;
using Xunit;

namespace Nua.Tests.Cli;

public sealed class CertCommandTests
{
    [Fact]
    public async Task A_name_that_is_served_badly_is_an_exit_code_of_its_own()
    {
        await using var server = await ServerWorld.StartAsync();
        using var all = new Line(server.Home.ServerSocket);
        using var one = new Line(server.Home.ServerSocket);

        Assert.Equal(6, await all.RunAsync("cert", "check", "--json"));
        Assert.Equal(0, await one.RunAsync("cert", "check", "shop.example.org"));

        using var answer = JsonDocument.Parse(all.Output);
        Assert.Equal(
            [null, "it ended"],
            answer.RootElement.GetProperty("names").EnumerateArray().Select(name => name.TryGetProperty("problem", out var problem) ? problem.GetString() : null));
        Assert.Contains("well", one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_good_for_long_is_renewed_by_force_alone()
    {
        await using var server = await ServerWorld.StartAsync();
        using var asked = new Line(server.Home.ServerSocket);
        using var forced = new Line(server.Home.ServerSocket);

        Assert.Equal(4, await asked.RunAsync("cert", "renew", "*.example.org"));
        Assert.Equal(0, await forced.RunAsync("cert", "renew", "*.example.org", "--force"));

        Assert.Contains("gateway.not-due", asked.Error, StringComparison.Ordinal);
        Assert.Equal(["renew *.example.org"], server.Certificates.Asked);
    }

    [Fact]
    public async Task Files_are_read_where_the_command_is_typed_and_no_key_is_written_down()
    {
        await using var server = await ServerWorld.StartAsync();
        var (certificate, key) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(certificate, "the certificate", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(key, "the key", TestContext.Current.CancellationToken);
        using var import = new Line(server.Home.ServerSocket);
        using var missing = new Line(server.Home.ServerSocket);
        using var audit = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await import.RunAsync("cert", "import", "--cert", certificate, "--key", key));
        Assert.Equal(2, await missing.RunAsync("cert", "import", "--cert", certificate, "--key", key + ".gone"));
        Assert.Equal(0, await audit.RunAsync("audit", "--json"));
        File.Delete(certificate);
        File.Delete(key);

        Assert.Equal(["import the certificate the key"], server.Certificates.Asked);
        Assert.Contains("certificate shop.example.org", audit.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("the key", import.Output + import.Error + audit.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rest_is_told_as_it_was_typed()
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("cert", "remove", "shop.example.org"));
        Assert.Equal(0, await line.RunAsync("cert", "revoke", "shop.example.org", "--reason", "key-compromise"));
        Assert.Equal(0, await line.RunAsync("cert", "rollover"));
        Assert.Equal(2, await line.RunAsync("cert", "revoke", "shop.example.org", "--reason", "boredom"));

        Assert.Equal(["remove shop.example.org", "revoke shop.example.org key-compromise", "rollover "], server.Certificates.Asked);
    }
}
