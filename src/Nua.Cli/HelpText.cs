using System.CommandLine;
using System.CommandLine.Invocation;
using Nua.Api;

namespace Nua.Cli;

/// <summary>What <c>--help</c> shows: usage, arguments, options, commands, an example, exit codes.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const int Gap = 2;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return ExitCodes.Done;
    }

    public static void Write(Command command, TextWriter output)
    {
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine($"Usage: {Usage(command)}");
        Section(output, "Arguments", command.Arguments.Select(argument => (NameOf(argument), argument.Description)));
        Section(output, "Commands", command.Subcommands.Where(verb => !verb.Hidden).Select(verb => (verb.Name, verb.Description)));
        Section(output, "Options", OptionsOf(command).Select(option => (NameOf(option), option.Description)));
        if (command is VerbCommand verb)
        {
            output.WriteLine();
            output.WriteLine("Example:");
            output.WriteLine($"  {verb.Example}");
        }

        Section(output, "Exit codes", ExitsOf(command).Select(exit => (exit.Code, (string?)exit.Meaning)));
    }

    /// <summary>The words typed to get to a command: <c>nua server logs</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}"
        : command is RootCommand ? "nua"
        : command.Name;

    private static string Usage(Command command) => string.Join(' ',
    [
        PathOf(command),
        .. command.Subcommands.Count == 0 ? Array.Empty<string>() : [command.Action is null ? "COMMAND" : "[COMMAND]"],
        .. command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues > 0 ? NameOf(argument) : $"[{NameOf(argument)}]"),
        "[OPTIONS]",
    ]);

    private static string NameOf(Argument argument) => argument.HelpName ?? argument.Name.ToUpperInvariant();

    private static string NameOf(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }

    public static IEnumerable<Option> OptionsOf(Command command)
    {
        var inherited = command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive);
        return command.Options.Concat(inherited).Where(option => !option.Hidden);
    }

    private static IEnumerable<(string Code, string Meaning)> ExitsOf(Command command)
    {
        var codes = command is VerbCommand verb ? verb.Exits : [0, .. ProblemKinds.All.Select(kind => kind.Exit).Distinct()];
        return codes.Select(code => ($"{code}", ExitCodes.MeaningOf(code)));
    }

    private static void Section(TextWriter output, string title, IEnumerable<(string Name, string? Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        var width = all.Max(row => row.Name.Length) + Gap;
        output.WriteLine();
        output.WriteLine($"{title}:");
        all.ForEach(row => output.WriteLine($"  {row.Name.PadRight(width)}{row.Text}"));
    }
}
