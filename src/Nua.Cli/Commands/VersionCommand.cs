using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua version</c> and <c>nua --version</c></summary>
internal static class VersionCommand
{
    /// <summary>Of this program; all of Nua's programs have the same.</summary>
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand("version", "Show Nua's version.", "nua version --json");
        command.SetAction(line => terminal.AnswerAsync(line, () => Task.FromResult(Answer.Of(
            new VersionAnswer(Version), CliJson.Default.VersionAnswer, console => console.Profile.Out.Writer.WriteLine($"nua {Version}")))));
        return command;
    }

    public static Option<bool> Option() => new("--version", "-V") { Description = "Show Nua's version.", Action = new Print() };

    private sealed class Print : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"nua {Version}");
            return ExitCodes.Done;
        }
    }
}

internal sealed record VersionAnswer(string Version);
