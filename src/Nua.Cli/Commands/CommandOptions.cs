using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Sessions;

namespace Nua.Cli.Commands;

/// <summary>What <c>nua exec</c>, <c>nua shell</c> and <c>nua run</c> have in common.</summary>
internal sealed class CommandOptions
{
    private readonly Option<string?> _user = new("--user", "-u")
    {
        Description = "Run it as this user of the image; without it, as the app's own.",
        HelpName = "USER",
    };

    private readonly Option<bool> _noTerminal = new("--no-tty", "-T") { Description = "Three streams, even at a terminal." };

    private readonly Option<string[]> _variables = new("--env", "-e")
    {
        Description = "Hand on a variable of this shell, by its name; may be given several times.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_user);
        command.Options.Add(_noTerminal);
        command.Options.Add(_variables);
        command.Validators.Add(line =>
        {
            foreach (var name in line.GetValue(_variables) ?? [])
            {
                if (name.Contains('=') || Environment.GetEnvironmentVariable(name) is null)
                {
                    // A value on the command line would be seen by every user of the machine.
                    line.AddError(name.Contains('=')
                        ? "-e takes a name alone: set the variable before, as in 'NAME=value nua …'."
                        : $"There is no variable '{name}' here to hand on.");
                }
            }
        });
    }

    /// <summary>The command as the server takes it.</summary>
    public CommandBody BodyOf(ParseResult line, IReadOnlyList<string> words, string? workload)
    {
        var terminal = HasTerminal(line);
        var variables = (line.GetValue(_variables) ?? []).Distinct().ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name)!);
        if (terminal && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } kind)
        {
            variables.TryAdd("TERM", kind);
        }

        return new CommandBody(words, workload, line.GetValue(_user), variables, terminal ? RawTerminal.Size() : null);
    }

    /// <summary>Runs what was asked for, and ends as it ends.</summary>
    public static Task<int> TalkAsync(
        ParseResult line, NuaClient server, Terminal terminal, CommandBody body, Func<Task<SessionView>> ask, CancellationToken cancellation) =>
        terminal.RunAsync(line, async () => await Talk.RunAsync(
            server, await ask(), StandardStreams.OfThisProcess(), body.Terminal is not null, cancellation));

    private bool HasTerminal(ParseResult line) =>
        !line.GetValue(_noTerminal) && !Console.IsInputRedirected && !Console.IsOutputRedirected;
}
