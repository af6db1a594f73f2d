using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Nua.Api;
using Nua.Core.Packages.Reading;

namespace Nua.Cli;

/// <summary>Finds what is wrong with a command line, and says it in two lines instead of a page of help.</summary>
internal static class UsageErrors
{
    public static ProblemView? Find(ParseResult line)
    {
        if (line.Action is not (ParseErrorAction or null) && !IsVerb(line))
        {
            // Help, version and completion answer whatever else was typed.
            return null;
        }

        var command = line.CommandResult.Command;
        var help = $"See '{HelpText.PathOf(command)} --help'.";
        return OptionTakenForArgument(line) is { } option ? UnknownOption(line, option)
            : line.UnmatchedTokens is [var word, ..] ? UnknownWord(command, word)
            : line.Errors is [var error, ..] ? CliProblems.Usage(error.Message, help)
            : null;
    }

    private static bool IsVerb(ParseResult line) => line.Action == line.CommandResult.Command.Action;

    /// <summary>The parser takes an unknown <c>--word</c> for an argument's value, unless it stands after <c>--</c>.</summary>
    private static string? OptionTakenForArgument(ParseResult line) => line.Tokens.Any(token => token.Type is TokenType.DoubleDash)
        ? null
        : line.Tokens.FirstOrDefault(token => token.Type is TokenType.Argument && token.Value is ['-', _, ..])?.Value;

    private static ProblemView UnknownOption(ParseResult line, string typed)
    {
        var command = line.CommandResult.Command;
        var known = HelpText.OptionsOf(command).SelectMany(option => option.Aliases.Append(option.Name));
        return CliProblems.Usage($"'{HelpText.PathOf(command)}' has no option '{typed}'.", HintFor(typed, known, command));
    }

    private static ProblemView UnknownWord(Command command, string typed) => command.Subcommands.Count > 0
        ? CliProblems.Usage(
            $"'{HelpText.PathOf(command)}' has no command '{typed}'.",
            HintFor(typed, command.Subcommands.Select(verb => verb.Name), command))
        : CliProblems.Usage($"'{HelpText.PathOf(command)}' has no use for '{typed}'.", $"See '{HelpText.PathOf(command)} --help'.");

    private static string HintFor(string typed, IEnumerable<string> known, Command command) =>
        Spelling.Nearest(typed, known) is { } meant
            ? $"Did you mean '{meant}'?"
            : $"See '{HelpText.PathOf(command)} --help'.";
}
