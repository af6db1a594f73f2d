using System.CommandLine;
using System.Text.Json;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua logs INSTANCE</c></summary>
internal static class LogsCommand
{
    private const int DefaultTail = 100;

    public static Command Create(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var follow = new Option<bool>("--follow", "-f") { Description = "Wait for more." };
        var tail = new Option<int?>("--tail", "-n")
        {
            Description = $"The last N lines of each workload (default {DefaultTail}; all with --since).",
            HelpName = "N",
        };
        var workload = new Option<string?>("--workload", "-w") { Description = "One workload: app, or a provider's name.", HelpName = "ROLE" };
        var since = new Option<TimeSpan?>("--since")
        {
            Description = "Nothing older than this: 90s, 10m, 2h, 3d.",
            HelpName = "TIME",
            CustomParser = Durations.Parse,
        };
        var command = new VerbCommand(
            "logs", "Show what an instance's workloads write. With --json one document a line.", "nua logs guestbook -f", 3, 8)
        {
            instance, follow, tail, workload, since,
        };
        command.SetAction((line, cancellation) => terminal.RunAsync(line, async () =>
        {
            var age = line.GetValue(since);
            var query = new LogQuery(
                line.GetValue(workload),
                line.GetValue(tail) ?? (age is null ? DefaultTail : null),
                line.GetValue(follow),
                age is { } time ? terminal.Clock.GetUtcNow() - time : null);
            var lines = server.LogsAsync(line.GetRequiredValue(instance), query, cancellation);
            await (line.GetValue(CommonOptions.Json) ? CopyAsync(lines, terminal) : ShowAsync(lines, terminal));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task CopyAsync(IAsyncEnumerable<LogLineView> lines, Terminal terminal)
    {
        await foreach (var one in lines)
        {
            await terminal.Output.WriteLineAsync(JsonSerializer.Serialize(one, ApiJson.Default.LogLineView));
        }
    }

    private static async Task ShowAsync(IAsyncEnumerable<LogLineView> lines, Terminal terminal)
    {
        await foreach (var one in lines)
        {
            var text = terminal.Look.Colour ? Words.Harmless(one.Text, keepColours: true) : Words.Harmless(one.Text);
            await terminal.Output.WriteLineAsync($"{Words.Time(one.At)} {one.Workload} | {text}");
        }
    }
}
