using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua token create|list|revoke</c></summary>
internal static class TokenCommand
{
    private static readonly string[] Scopes = ["read", "operate", "deploy", "admin"];

    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("token", "Let others in: make tokens for the remote door, and revoke them.", "nua token list", 3, 4, 8)
        {
            New(server, terminal),
            List(server, terminal),
            Revoke(server, terminal),
        };

    private static VerbCommand New(NuaClient server, Terminal terminal)
    {
        var name = new Option<string>("--name") { Description = "Who or what is to use it.", HelpName = "NAME", Required = true };
        var scopes = Several("--scope", "What it allows: read, operate, deploy, admin. Each includes read.", "SCOPE");
        scopes.Required = true;
        scopes.CompletionSources.Add(Scopes);
        var instances = Several("--instance", "The instances it is limited to; without it, the whole server.", "INSTANCE");
        var life = new Option<TimeSpan?>("--expires")
        {
            Description = "How long it is good (default 90d).",
            HelpName = "TIME",
            CustomParser = Durations.Parse,
            DefaultValueFactory = _ => TimeSpan.FromDays(90),
        };
        var command = new VerbCommand(
            "create", "Make a token, and show it this one time.", "nua token create --name ci --scope deploy --instance guestbook", 4, 8)
        {
            name, scopes, instances, life,
        };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var body = new TokenBody(
                line.GetRequiredValue(name),
                PartsOf(line.GetValue(scopes)),
                (long)line.GetValue(life)!.Value.TotalSeconds,
                PartsOf(line.GetValue(instances)));
            var made = await server.CreateTokenAsync(body, cancellation);
            return Answer.Of(made, ApiJson.Default.NewTokenView, console => Show(console, made));
        }));
        return command;
    }

    private static VerbCommand List(NuaClient server, Terminal terminal)
    {
        var command = new VerbCommand("list", "List the tokens; what makes them worth something is kept nowhere.", "nua token list --json", 4, 8);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.TokensAsync(cancellation);
            return Answer.Of(list, ApiJson.Default.TokenList, console => Show(console, list));
        }));
        return command;
    }

    private static VerbCommand Revoke(NuaClient server, Terminal terminal)
    {
        var token = new Argument<string>("token") { Description = "Its name or its id." };
        var command = new VerbCommand("revoke", "Revoke a token: from now on it opens nothing.", "nua token revoke ci", 3, 4, 8) { token };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var revoked = await server.RevokeTokenAsync(line.GetRequiredValue(token), cancellation);
            return Answer.Of(revoked, ApiJson.Default.TokenView, console => console.WriteLine($"The token '{revoked.Name}' is revoked."));
        }));
        return command;
    }

    private static Option<string[]> Several(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value, AllowMultipleArgumentsPerToken = false };

    /// <summary>Each may be given several times, or with commas.</summary>
    private static IReadOnlyList<string> PartsOf(string[]? given) =>
        [.. (given ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static void Show(IAnsiConsole console, NewTokenView made)
    {
        // Alone on its line, so that it can be copied or cut out.
        console.Profile.Out.Writer.WriteLine(made.Text);
        console.WriteLine($"This is the token of '{made.Token.Name}', good until {Words.Day(made.Token.ExpiresAt)}. It is not shown again.");
        console.WriteLine(made.Door is { } door
            ? $"Its holder logs in with: nua login https://HOST:{door.Listen[0].Split(':')[^1]} --fingerprint {door.Fingerprint}"
            : "The server's remote door is shut: open it with '[api] listen' in nua.toml.");
    }

    private static void Show(IAnsiConsole console, TokenList list)
    {
        var table = PlainTable.Of("NAME", "SCOPES", "INSTANCES", "EXPIRES", "BY", "ID");
        foreach (var one in list.Tokens)
        {
            table.AddRow(
                Markup.Escape(one.Name),
                string.Join(',', one.Scopes),
                one.Instances.Count == 0 ? "all" : string.Join(',', one.Instances),
                Words.Day(one.ExpiresAt),
                Markup.Escape(one.CreatedBy),
                one.Id);
        }

        console.Write(table);
    }
}
