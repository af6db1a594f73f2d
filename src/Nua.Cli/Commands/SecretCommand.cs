using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua secret list|rotate INSTANCE</c></summary>
internal static class SecretCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("secret", "See which secrets an instance has, and make them anew.", "nua secret list guestbook", 3, 4, 6, 8, 9)
        {
            List(server, terminal),
            Rotate(server, terminal),
        };

    private static VerbCommand List(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var command = new VerbCommand(
            "list", "List the secrets of an instance: names, kinds and ages, never values.", "nua secret list guestbook", 3, 8)
        {
            instance,
        };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.SecretsAsync(line.GetRequiredValue(instance), cancellation);
            return Answer.Of(list, ApiJson.Default.SecretList, console => Show(console, list, terminal.Clock.GetUtcNow()));
        }));
        return command;
    }

    private static VerbCommand Rotate(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var names = new Argument<string[]>("names")
        {
            Description = "Secrets, or variables that hold them.",
            HelpName = "NAME...",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var all = new Option<bool>("--all") { Description = "All that can be made anew." };
        var workload = new Option<string?>("--workload", "-w") { Description = "Whose, where several have one of that name.", HelpName = "NAME" };
        var change = new ChangeOptions();
        var command = new VerbCommand(
            "rotate", "Make secrets anew, in the servers that know them too.", "nua secret rotate guestbook DB_PASSWORD --yes", 3, 4, 6, 8, 9)
        {
            instance, names, all, workload,
        };
        change.AddTo(command);
        command.Validators.Add(line =>
        {
            if (line.GetValue(all) == line.GetValue(names) is { Length: > 0 })
            {
                line.AddError("Name the secrets to make anew, or give --all.");
            }
        });
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, progress =>
        {
            var name = line.GetRequiredValue(instance);
            var body = new RotateBody(line.GetValue(names), line.GetValue(workload), line.GetValue(all));
            return new Changing(server, terminal, progress, change, line)
            {
                What = $"Making secrets of '{name}' anew",
                Outcome = $"{name} has new secrets",
                AlwaysAsks = true,
            }.RunAsync(
                () => server.PlanRotationAsync(name, body, cancellation), () => server.RotateAsync(name, body, cancellation), cancellation);
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, SecretList list, DateTimeOffset now)
    {
        var table = PlainTable.Of("WORKLOAD", "NAME", "KIND", "AGE", "USED BY");
        foreach (var one in list.Secrets)
        {
            table.AddRow(
                Markup.Escape(one.Workload),
                Markup.Escape(Words.Harmless(one.Name)),
                KindOf(one),
                one.MadeAt is { } at ? Words.Age(now - at) : "?",
                Markup.Escape(Words.Harmless(string.Join(", ", one.UsedBy.Select(variable => $"{variable.Workload}:{variable.Name}")))));
        }

        console.Write(table);
    }

    private static string KindOf(SecretView secret) => secret.Kind switch
    {
        "fixed-credential" => "credential [grey](cannot be made anew)[/]",
        "given" => "operator",
        var kind => Markup.Escape(kind),
    };
}
