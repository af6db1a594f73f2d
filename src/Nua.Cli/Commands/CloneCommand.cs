using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua clone INSTANCE --as NAME</c></summary>
internal static class CloneCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var name = new Option<string>("--as") { Description = "What to call the copy.", HelpName = "NAME", Required = true };
        var domain = new Option<string?>("--domain") { Description = "Where the copy is to answer; without it at a name made from its own.", HelpName = "DOMAIN" };
        var share = new Option<bool>("--share") { Description = "Let it use the same folders and foreign volumes: they are not copied." };
        var yes = YesOption.Create();
        var wait = new WaitOptions();
        var command = new VerbCommand(
            "clone",
            "Make another instance of the same, with a copy of its data.",
            "nua clone guestbook --as staging --domain staging.localhost --yes",
            3,
            4,
            6,
            8,
            9)
        {
            instance, name, domain, share, yes,
        };
        wait.AddTo(command);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var source = line.GetRequiredValue(instance);
            if (await GapAsync(server, source, cancellation) is { } gap && !line.GetValue(yes) && !terminal.Confirm($"{gap} Clone it?"))
            {
                throw new ApiException(CliProblems.NotConfirmed($"Cloning '{source}'"));
            }

            var body = new CloneBody(line.GetRequiredValue(name), line.GetValue(domain), line.GetValue(share));
            var asked = await wait.PatienceOf(line, server, progress).AskAsync(() => server.CloneAsync(source, body, cancellation));
            return wait.Waits(line)
                ? Ended(await new OperationFollower(server, terminal).FollowAsync(asked, progress, cancellation))
                : OperationAnswer.Asked(asked);
        }));
        return command;
    }

    /// <summary>What visitors of the source would notice; <see langword="null"/>: nothing.</summary>
    private static async Task<string?> GapAsync(NuaClient server, string source, CancellationToken cancellation)
    {
        var detail = await server.InstanceAsync(source, cancellation);
        return detail.Instance.State is "stopped" or "paused" || detail.Volumes.Count == 0
            ? null
            : $"'{source}' is held still while its data is copied ({Words.Count(detail.Volumes.Count, "volume")}); visitors are asked to come again meanwhile.";
    }

    private static Answer Ended(OperationView operation)
    {
        var cloned = OperationAnswer.ResultOf(operation, ApiJson.Default.ClonedView);
        return Answer.Of(
            operation,
            ApiJson.Default.OperationView,
            console =>
            {
                console.WriteLine($"{cloned.Instance} is a copy of {cloned.Source} ({Words.Took(OperationAnswer.TimeOf(operation))}).");
                if (cloned.Url is { } url)
                {
                    console.MarkupLine($"It answers on [bold]{Markup.Escape(url)}[/].");
                }

                console.WriteLine(cloned.GapMilliseconds > 0
                    ? $"{cloned.Source} was held still for {Words.Took(TimeSpan.FromMilliseconds(cloned.GapMilliseconds))} while its data was copied ({Words.Count(cloned.Volumes, "volume")})."
                    : $"{cloned.Source} was not touched.");
                OperationAnswer.ShowLeftovers(console, operation);
            },
            OperationAnswer.ExitOf(operation));
    }
}
