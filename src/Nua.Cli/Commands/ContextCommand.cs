using System.CommandLine;
using Nua.Api;
using Nua.Cli.Contexts;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua context list|use|remove</c></summary>
internal static class ContextCommand
{
    public static Command Create(ServerChoice choice, Terminal terminal) =>
        new VerbCommand("context", "See which servers 'nua' knows, and choose one.", "nua context list", 3)
        {
            List(choice, terminal),
            Use(choice, terminal),
            Remove(choice, terminal),
        };

    /// <summary>Forgets a context.</summary>
    /// <exception cref="ApiException"><c>cli.no-such-context</c></exception>
    public static Answer Remove(ServerChoice choice, string name)
    {
        var book = Having(choice, name);
        choice.Contexts.Write(book.Without(name));
        return AnswerOf(
            choice, $"The context '{name}' and its token are forgotten here. An administrator revokes the token: nua token revoke.");
    }

    private static VerbCommand List(ServerChoice choice, Terminal terminal)
    {
        var command = new VerbCommand("list", "List the servers, and mark the one that is used.", "nua context list --json");
        command.SetAction(line => terminal.AnswerAsync(line, () =>
        {
            var answer = Contexts(choice);
            return Task.FromResult(Answer.Of(answer, CliJson.Default.ContextsAnswer, console => Show(console, answer)));
        }));
        return command;
    }

    private static VerbCommand Use(ServerChoice choice, Terminal terminal)
    {
        var name = NameArgument(choice);
        var command = new VerbCommand("use", "Use a server from now on; 'local' is this machine's.", "nua context use local", 3) { name };
        command.SetAction(line => terminal.AnswerAsync(line, () =>
        {
            var wanted = line.GetRequiredValue(name);
            choice.Contexts.Write(wanted is ServerChoice.Local
                ? choice.Contexts.Read() with { Current = null }
                : Having(choice, wanted) with { Current = wanted });
            return Task.FromResult(AnswerOf(choice, $"The context '{wanted}' is used from now on."));
        }));
        return command;
    }

    private static VerbCommand Remove(ServerChoice choice, Terminal terminal)
    {
        var name = NameArgument(choice);
        var command = new VerbCommand(
            "remove", "Forget a server and its token, as 'nua logout' does.", "nua context remove prod", 3) { name };
        command.SetAction(line => terminal.AnswerAsync(line, () => Task.FromResult(Remove(choice, line.GetRequiredValue(name)))));
        return command;
    }

    private static Argument<string> NameArgument(ServerChoice choice)
    {
        var argument = new Argument<string>("name") { Description = "The context." };
        argument.CompletionSources.Add(_ => NamesIn(choice));
        return argument;
    }

    /// <summary>Somebody who presses the tab key must not read an error.</summary>
    private static IEnumerable<string> NamesIn(ServerChoice choice)
    {
        try
        {
            return [ServerChoice.Local, .. choice.Contexts.Read().Contexts.Keys];
        }
        catch (ApiException)
        {
            return [];
        }
    }

    private static ContextBook Having(ServerChoice choice, string name)
    {
        var book = choice.Contexts.Read();
        return book.Contexts.ContainsKey(name) ? book : throw new ApiException(CliProblems.NoSuchContext(name));
    }

    private static Answer AnswerOf(ServerChoice choice, string outcome) =>
        Answer.Of(Contexts(choice), CliJson.Default.ContextsAnswer, console => console.WriteLine(outcome));

    private static ContextsAnswer Contexts(ServerChoice choice)
    {
        var book = choice.Contexts.Read();
        var used = choice.NameIn(book);
        return new ContextsAnswer(
        [
            new ContextAnswer(ServerChoice.Local, null, used is ServerChoice.Local),
            .. book.Contexts.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => new ContextAnswer(one.Key, one.Value.Url, one.Key == used)),
        ]);
    }

    private static void Show(IAnsiConsole console, ContextsAnswer answer)
    {
        var table = PlainTable.Of("", "CONTEXT", "SERVER");
        foreach (var one in answer.Contexts)
        {
            table.AddRow(one.Used ? "*" : "", Markup.Escape(one.Name), Markup.Escape(one.Url?.ToString() ?? "this machine's"));
        }

        console.Write(table);
    }
}

/// <param name="Contexts">By name, this machine's server first.</param>
internal sealed record ContextsAnswer(IReadOnlyList<ContextAnswer> Contexts);

/// <param name="Name">Its name here.</param>
/// <param name="Url">The server's remote door; <see langword="null"/>: it is this machine's.</param>
/// <param name="Used">Whether commands are for it unless they say otherwise.</param>
internal sealed record ContextAnswer(string Name, Uri? Url, bool Used);
