using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Values;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua env show|set|unset INSTANCE</c></summary>
internal static class EnvCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("env", "See and change the environment of an instance.", "nua env show guestbook", 3, 4, 6, 8, 9)
        {
            Show(server, terminal),
            Set(server, terminal),
            Unset(server, terminal),
        };

    private static VerbCommand Show(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var command = new VerbCommand(
            "show", "Show the variables of an instance's workloads, without the secret ones' values.", "nua env show guestbook", 3, 8)
        {
            instance,
        };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var view = await server.EnvironmentAsync(line.GetRequiredValue(instance), cancellation);
            return Answer.Of(view, ApiJson.Default.EnvironmentView, console => Show(console, view));
        }));
        return command;
    }

    private static VerbCommand Set(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var words = new Argument<string[]>("values")
        {
            Description = "NAME=VALUE; or NAME alone, whose value is then read from standard input and kept as a secret.",
            HelpName = "NAME[=VALUE]...",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<string?>("--from-file") { Description = "A file with a NAME=VALUE a line.", HelpName = "FILE" };
        var secret = new Option<bool>("--secret") { Description = "Keep all of them as secrets, to be seen nowhere." };
        var (workload, change) = (WorkloadOption(), new ChangeOptions());
        var command = new VerbCommand(
            "set", "Give an instance other values, over those of its package.", "nua env set guestbook GUESTBOOK_TITLE=Visitors", 3, 4, 6, 8, 9)
        {
            instance, words, file, secret, workload,
        };
        change.AddTo(command);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, progress =>
        {
            var given = new GivenWords(terminal) { Workload = line.GetRequiredValue(workload), Secret = line.GetValue(secret) };
            var body = new ValuesBody(given.Read(line.GetValue(words) ?? [], line.GetValue(file)));
            return ChangeAsync(server, new Changing(server, terminal, progress, change, line)
            {
                What = $"Setting values of '{line.GetValue(instance)}'",
                Outcome = $"{line.GetValue(instance)} has its new values",
            }, line.GetRequiredValue(instance), body, cancellation);
        }));
        return command;
    }

    private static VerbCommand Unset(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var names = new Argument<string[]>("names")
        {
            Description = "Variables that were set; what package or sites file say holds again.",
            HelpName = "NAME...",
            Arity = ArgumentArity.OneOrMore,
        };
        var (workload, change) = (WorkloadOption(), new ChangeOptions());
        var command = new VerbCommand(
            "unset", "Take back values that were set.", "nua env unset guestbook GUESTBOOK_TITLE", 3, 4, 6, 8, 9)
        {
            instance, names, workload,
        };
        change.AddTo(command);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, progress =>
        {
            var role = line.GetRequiredValue(workload);
            var body = new ValuesBody(Unset: [.. line.GetRequiredValue(names).Select(name => new VariableBody(name, role))]);
            return ChangeAsync(server, new Changing(server, terminal, progress, change, line)
            {
                What = $"Taking back values of '{line.GetValue(instance)}'",
                Outcome = $"{line.GetValue(instance)} has its own values again",
            }, line.GetRequiredValue(instance), body, cancellation);
        }));
        return command;
    }

    private static Task<Answer> ChangeAsync(
        NuaClient server, Changing changing, string instance, ValuesBody body, CancellationToken cancellation) => changing.RunAsync(
        () => server.PlanConfigurationAsync(instance, body, cancellation),
        () => server.ConfigureAsync(instance, body, cancellation),
        cancellation);

    private static Option<string> WorkloadOption() => new("--workload", "-w")
    {
        Description = "Whose variables: the app's unless given, or a provider's by its name.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "app",
    };

    private static void Show(IAnsiConsole console, EnvironmentView view)
    {
        var table = PlainTable.Of("WORKLOAD", "NAME", "VALUE", "FROM");
        foreach (var one in view.Variables)
        {
            var value = one switch
            {
                { Secret: true } => "[grey](secret)[/]",
                { Value: null } => "[grey](made at the first deployment)[/]",
                _ => Markup.Escape(Words.Harmless(one.Value)),
            };
            table.AddRow(
                Markup.Escape(one.Workload), Markup.Escape(Words.Harmless(one.Name)), value, Markup.Escape(Words.Harmless(one.From ?? one.Origin)));
        }

        console.Write(table);
    }
}
