using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua</c> alone: greets, and says what to do next.</summary>
internal static class HelloCommand
{
    public static async Task<Answer> RunAsync(NuaClient server, CancellationToken cancellation)
    {
        var (apps, problem) = await AskAsync(server, cancellation);
        var next = NextSteps(apps);
        return Answer.Of(new HelloAnswer(VersionCommand.Version, apps is not null, next), CliJson.Default.HelloAnswer, console =>
        {
            console.MarkupLine($"[bold]Nua {VersionCommand.Version}[/] runs web applications on your own machine.");
            console.WriteLine(problem?.Detail ?? Summary(apps!));
            console.WriteLine();
            next.ToList().ForEach(step => console.WriteLine($"  {step.Command,-28}{step.Why}"));
        });
    }

    private static async Task<(InstanceList? Apps, ProblemView? Problem)> AskAsync(NuaClient server, CancellationToken cancellation)
    {
        try
        {
            return (await server.InstancesAsync(cancellation), null);
        }
        catch (ApiException refusal)
        {
            return (null, refusal.Problem);
        }
    }

    private static string Summary(InstanceList apps) => apps.Instances.Count == 0
        ? "The server is running. It has no instances yet."
        : $"The server is running, with {apps.Instances.Count(one => one.State == "running")} of {apps.Instances.Count} instances up.";

    private static IReadOnlyList<NextStep> NextSteps(InstanceList? apps) => apps switch
    {
        null =>
        [
            new("nua server start", "start the server"),
            new("nua doctor", "see whether this machine is ready"),
            new("nua --help", "see all commands"),
        ],
        { Instances.Count: 0 } =>
        [
            new("nua init", "write a nua-config for the source in this folder"),
            new("nua deploy FOLDER", "build a package and run it"),
            new("nua --help", "see all commands"),
        ],
        { Instances: [var first, ..] } =>
        [
            new("nua apps", "list the instances"),
            new($"nua status {first.Name}", "look at one of them"),
            new("nua deploy FOLDER", "build a package and run it"),
            new("nua --help", "see all commands"),
        ],
    };
}

/// <param name="Version">Nua's version.</param>
/// <param name="Server">Whether a server answers.</param>
/// <param name="Next">What to do next.</param>
internal sealed record HelloAnswer(string Version, bool Server, IReadOnlyList<NextStep> Next);

internal sealed record NextStep(string Command, string Why);
