using System.CommandLine;
using Nua.Api;
using Nua.Cli.Contexts;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua login URL</c> and <c>nua logout</c></summary>
internal static class LoginCommand
{
    public static Command Login(ServerChoice choice, Terminal terminal)
    {
        var url = new Argument<string>("url") { Description = "The server's remote door: https://HOST:PORT." };
        var tokenFile = new Option<string>("--token-file")
        {
            Description = "A file with the token; - is standard input. Else NUA_TOKEN, else asked for.",
            HelpName = "FILE",
        };
        var fingerprint = new Option<string>("--fingerprint")
        {
            Description = "The certificate to know the server by, as 'nua server status' shows it there.",
            HelpName = "SHA256",
        };
        var authority = new Option<string>("--ca")
        {
            Description = "A PEM file with the authority that vouches for the server.",
            HelpName = "FILE",
        };
        var command = new VerbCommand(
            "login",
            "Log in to a server elsewhere and use it from now on; --context names it.",
            "nua login https://host.example.org:9443 --context prod",
            4,
            8)
        {
            url, tokenFile, fingerprint, authority,
        };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () => AnswerOf(await new Login(choice, terminal)
        {
            Url = LoginWords.UrlOf(line.GetRequiredValue(url)),
            TokenFile = line.GetValue(tokenFile),
            Fingerprint = LoginWords.FingerprintOf(line.GetValue(fingerprint)),
            Authority = line.GetValue(authority) is { } file ? Path.GetFullPath(file) : null,
        }.RunAsync(cancellation))));
        return command;
    }

    public static Command Logout(ServerChoice choice, Terminal terminal)
    {
        var command = new VerbCommand(
            "logout", "Forget a server and its token here; the token itself stays good until it is revoked.", "nua logout --context prod", 3);
        command.SetAction(line => terminal.AnswerAsync(line, () =>
        {
            var name = choice.NameIn(choice.Contexts.Read());
            return Task.FromResult(ContextCommand.Remove(choice, name));
        }));
        return command;
    }

    private static Answer AnswerOf(LoginAnswer login) => Answer.Of(login, CliJson.Default.LoginAnswer, console => console.WriteLine(
        $"Logged in to {login.Url} as {login.Identity.Who}: {WhoAmICommand.PowersOf(login.Identity)}.\n" +
        $"The context '{login.Context}' is used from now on; '--context local' is this machine's server."));
}

/// <param name="Context">Its name here.</param>
/// <param name="Url">The server's remote door.</param>
/// <param name="Identity">Who the server takes us for.</param>
internal sealed record LoginAnswer(string Context, Uri Url, WhoAmIView Identity);
