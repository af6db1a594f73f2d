using System.CommandLine;
using Nua.Api;

namespace Nua.Cli.Contexts;

/// <summary>Keeps commands that work on the server's own machine from being taken for commands to a server elsewhere.</summary>
internal static class LocalCommands
{
    /// <summary>Why a command cannot be for the server that was chosen; <see langword="null"/>: it can.</summary>
    public static ProblemView? Refusal(ParseResult line, ServerChoice choice)
    {
        var command = line.CommandResult.Command;
        if (command is not VerbCommand { IsLocal: true } || line.Action != command.Action)
        {
            return null;
        }

        try
        {
            return choice.Remote() is { } elsewhere ? CliProblems.LocalOnly(HelpText.PathOf(command), elsewhere.Url) : null;
        }
        catch (ApiException failure)
        {
            return failure.Problem;
        }
    }
}
