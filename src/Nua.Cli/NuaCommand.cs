using System.CommandLine;
using System.CommandLine.Help;
using Nua.Api;
using Nua.Cli.Commands;
using Nua.Cli.Output;

namespace Nua.Cli;

/// <summary>The command <c>nua</c> with all its verbs.</summary>
internal static class NuaCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, NuaHome home, NuaClient server, Terminal terminal)
    {
        var line = Create(home, server, terminal).Parse(arguments);
        return UsageErrors.Find(line) is { } problem
            ? terminal.Refuse(line, problem)
            : await line.InvokeAsync(new InvocationConfiguration { Output = terminal.Output, EnableDefaultExceptionHandler = false });
    }

    public static RootCommand Create(NuaHome home, NuaClient server, Terminal terminal)
    {
        var nua = new RootCommand("Nua runs web applications on your own machine: built, deployed, tested, served.");
        foreach (var verb in Verbs(home, server, terminal))
        {
            nua.Subcommands.Add(verb);
        }

        nua.Options.Clear();
        nua.Options.Add(new HelpOption("--help", "-h") { Description = "Show help.", Action = new HelpText(), Recursive = true });
        nua.Options.Add(VersionCommand.Option());
        foreach (var option in CommonOptions.All)
        {
            nua.Options.Add(option);
        }

        nua.SetAction((line, cancellation) => terminal.AnswerAsync(line, () => HelloCommand.RunAsync(server, cancellation)));
        return nua;
    }

    /// <summary>In the order in which help lists them.</summary>
    private static IEnumerable<Command> Verbs(NuaHome home, NuaClient server, Terminal terminal) =>
    [
        InitCommand.Create(terminal),
        ValidateCommand.Create(terminal),
        ConfigCommand.Create(terminal),
        BuildCommand.Create(server, terminal),
        PlanCommand.Create(server, terminal),
        DeployCommand.Create(server, terminal),
        AppsCommand.Create(server, terminal),
        StatusCommand.Create(server, terminal),
        LogsCommand.Create(server, terminal),
        ChangeCommand.Start(server, terminal),
        ChangeCommand.Stop(server, terminal),
        ChangeCommand.Restart(server, terminal),
        ChangeCommand.Pause(server, terminal),
        ChangeCommand.Unpause(server, terminal),
        CloneCommand.Create(server, terminal),
        ExecCommand.Exec(server, terminal),
        ExecCommand.InShell(server, terminal),
        RunCommand.Create(server, terminal),
        CronCommand.Create(server, terminal),
        DestroyCommand.Create(server, terminal),
        DeploymentsCommand.Create(server, terminal),
        OperationsCommand.Create(server, terminal),
        ImageCommand.Create(server, terminal),
        EnvCommand.Create(server, terminal),
        ServerCommand.Create(server, home, terminal),
        DoctorCommand.Create(server, home, terminal),
        CompletionCommand.Create(terminal),
        VersionCommand.Create(terminal),
    ];
}
