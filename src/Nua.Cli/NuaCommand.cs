using System.CommandLine;
using System.CommandLine.Help;
using Nua.Api;
using Nua.Cli.Commands;
using Nua.Cli.Contexts;
using Nua.Cli.Output;

namespace Nua.Cli;

/// <summary>The command <c>nua</c> with all its verbs.</summary>
internal static class NuaCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ServerChoice choice, Terminal terminal)
    {
        using var server = NuaClient.At(choice.Place);
        var line = Create(choice, server, terminal).Parse(arguments);
        choice.Named = line.GetValue(CommonOptions.Context);
        return (UsageErrors.Find(line) ?? LocalCommands.Refusal(line, choice)) is { } problem
            ? terminal.Refuse(line, problem)
            : await line.InvokeAsync(new InvocationConfiguration { Output = terminal.Output, EnableDefaultExceptionHandler = false });
    }

    public static RootCommand Create(ServerChoice choice, NuaClient server, Terminal terminal)
    {
        var nua = new RootCommand("Nua runs web applications on your own machine: built, deployed, tested, served.");
        foreach (var verb in Verbs(choice, server, terminal))
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
    private static IEnumerable<Command> Verbs(ServerChoice choice, NuaClient server, Terminal terminal) =>
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
        MetricsCommand.Create(server, terminal),
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
        SecretCommand.Create(server, terminal),
        CertCommand.Create(server, terminal),
        LoginCommand.Login(choice, terminal),
        LoginCommand.Logout(choice, terminal),
        ContextCommand.Create(choice, terminal),
        WhoAmICommand.Create(server, terminal),
        TokenCommand.Create(server, terminal),
        AuditCommand.Create(server, terminal),
        ServerCommand.Create(server, choice.Home, terminal),
        DoctorCommand.Create(server, choice.Home, terminal),
        CompletionCommand.Create(terminal),
        VersionCommand.Create(terminal),
    ];
}
