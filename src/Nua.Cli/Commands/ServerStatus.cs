using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>The server's own state: <c>nua status</c> and <c>nua server status</c>.</summary>
internal static class ServerStatus
{
    public static async Task<Answer> AskAsync(NuaClient server, CancellationToken cancellation)
    {
        var status = await server.StatusAsync(cancellation);
        return Answer.Of(status, ApiJson.Default.StatusView, console => Show(console, status));
    }

    private static void Show(IAnsiConsole console, StatusView status)
    {
        console.MarkupLine(
            $"[bold]Nua {status.Version}[/]  {Words.State(status.State)}, up {Words.Age(TimeSpan.FromSeconds(status.UptimeSeconds))}, " +
            $"process {status.Pid}");
        console.WriteLine($"home      {status.Home}");
        console.WriteLine($"engine    {status.Engine.Version ?? Why(status.Engine.Problem)}");
        console.WriteLine($"gateway   {DoorOf(status.Gateway)}");
        if (status.Door is { } door)
        {
            console.WriteLine($"remote    https on {string.Join(", ", door.Listen)}, {door.Fingerprint}");
        }

        console.WriteLine(
            $"instances {status.Counts.Instances}, {status.Counts.Started} of them started; " +
            $"{status.Counts.RunningOperations} operations under way");
        foreach (var one in status.UnderWay)
        {
            console.WriteLine($"under way {one.Subject}: {OperationText.Of(one)} ({one.Id})");
        }

        if (status.Repairs.Last is { } last)
        {
            console.WriteLine(
                $"repairs   {status.Repairs.LastDay} in the last 24 hours; the last: {last.Subject}, {Words.Time(last.StartedAt)}, {last.State} ({last.Id})");
            OperationText.ShowRepairs(console, last);
        }
    }

    private static string DoorOf(GatewayStatus gateway) =>
        gateway.HttpsPort is { } port ? $"HTTPS on port {port}, {gateway.Routes} domains" : Why(gateway.Problem);

    private static string Why(ProblemView? problem) => problem is null ? "unknown" : $"{problem.Detail} [{problem.Code}]";
}
