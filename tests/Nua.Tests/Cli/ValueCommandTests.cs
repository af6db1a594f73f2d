using System.Text.RegularExpressions;
using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Values;
using Nua.Testing;
using Nua.Tests.Server;
using Xunit;

namespace Nua.Tests.Cli;

/// <summary><c>nua env</c> and <c>nua secret</c>, from the words typed to what is read.</summary>
public sealed partial class ValueCommandTests
{
    [Fact]
    public async Task Values_are_set_seen_planned_and_taken_back()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var line = new Line(server.Home.ServerSocket, input: "correct-horse-battery\n");

        Assert.Equal(0, await line.RunAsync("env", "set", "notes", "GREETING=Hello = you", "PLAIN", "--quiet"));
        Assert.Equal(0, await line.RunAsync("env", "set", "notes", "GREETING=Hello = you", "--quiet"));
        Assert.Equal(0, await line.RunAsync("env", "show", "notes"));
        Assert.Equal(0, await line.RunAsync("env", "unset", "notes", "GREETING", "--plan"));
        Assert.Equal(0, await line.RunAsync("env", "unset", "notes", "NOTHING", "--dry-run"));
        Assert.Equal(4, await line.RunAsync("env", "set", "notes", "MODE=fast", "-w", "database", "--quiet"));
        Assert.Equal(0, await line.RunAsync("env", "set", "notes", "MODE=fast", "-w", "database", "--quiet", "--yes"));

        Golden.Equal("Cli/env", Steady(line.Output + line.Error));
    }

    [Fact]
    public async Task Secrets_are_listed_and_made_anew_once_that_is_confirmed()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("secret", "list", "notes"));
        Assert.Equal(0, await line.RunAsync("secret", "rotate", "notes", "--all", "--plan"));
        Assert.Equal(4, await line.RunAsync("secret", "rotate", "notes", "--all"));
        Assert.Equal(0, await line.RunAsync("secret", "rotate", "notes", "DB_PASSWORD", "--yes", "--quiet"));
        Assert.Equal(2, await line.RunAsync("secret", "rotate", "notes"));
        Assert.Equal(2, await line.RunAsync("secret", "rotate", "notes", "A", "--all"));

        Golden.Equal("Cli/secret", Steady(line.Output + line.Error));
    }

    [Fact]
    public async Task A_value_is_read_where_nobody_sees_it()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var enough = new Line(server.Home.ServerSocket, TerminalLook.Plain with { CanAsk = true }, "one\ntwo\n");
        using var few = new Line(server.Home.ServerSocket, input: "one\n");
        using var many = new Line(server.Home.ServerSocket, input: "-----BEGIN PRIVATE KEY-----\nMIIE\n");

        Assert.Equal(0, await enough.RunAsync("env", "set", "notes", "A", "B", "--quiet"));
        Assert.Equal(2, await few.RunAsync("env", "set", "notes", "A", "B", "--quiet"));
        Assert.Equal(2, await many.RunAsync("env", "set", "notes", "A", "--quiet"));

        Assert.Equal("A: B: ", enough.Error);
        Assert.Contains("[cli.no-value]", few.Error, StringComparison.Ordinal);
        Assert.Contains("[cli.more-input]", many.Error, StringComparison.Ordinal);
        var app = server.World.Runtime.SpecOf("nua_notes_app_2");
        Assert.Equal(("one", "two"), (app.Secrets["A"].Reveal(), app.Secrets["B"].Reveal()));
    }

    [Fact]
    public async Task Values_are_read_from_a_file()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var line = new Line(server.Home.ServerSocket);
        var file = Path.Combine(Directory.CreateTempSubdirectory("nua-env-").FullName, "values.env");
        await File.WriteAllTextAsync(file, "# Mail\nexport SMTP_HOST=mail.example\nSMTP_PASSWORD='a#b'\n", ServerWorld.Cancellation);

        Assert.Equal(0, await line.RunAsync("env", "set", "notes", "--from-file", file, "--quiet"));
        Assert.Equal(2, await line.RunAsync("env", "set", "notes", "--from-file", file + "x", "--quiet"));

        var app = server.World.Runtime.SpecOf("nua_notes_app_2");
        Assert.Equal(("mail.example", "a#b"), (app.Environment["SMTP_HOST"], app.Secrets["SMTP_PASSWORD"].Reveal()));
    }

    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A = 1 ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=# none", "")]
    [InlineData("A=a#b # c", "a#b")]
    [InlineData("A=a=b", "a=b")]
    [InlineData("A='a # b' # c", "a # b")]
    [InlineData("A=\"a \\\"b\\\" \\$c \\n\"", "a \"b\" $c \\n")]
    [InlineData("A=$B", "$B")]
    [InlineData("A='a", null)]
    [InlineData("A=\"a\" b", null)]
    [InlineData("no value", null)]
    [InlineData("=1", null)]
    public void A_line_of_a_file_is_read_as_a_shell_would(string line, string? value)
    {
        if (value is null)
        {
            var refusal = Assert.Throws<ApiException>(() => EnvFile.Read("x.env", $"\n{line}\r\n"));
            Assert.Equal("x.env:2 is no line of the form NAME=VALUE.", refusal.Problem.Detail);
        }
        else
        {
            Assert.Equal([("A", value)], EnvFile.Read("x.env", $"#\n{line}\r\n"));
        }
    }

    private static string Steady(string text) => Age.Replace(Seconds.Replace(text, "T s"), "credential  0 s ");

    [GeneratedRegex(@"\d+(\.\d+)? m?s\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seconds { get; }

    [GeneratedRegex(@"credential +T s +", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Age { get; }
}
