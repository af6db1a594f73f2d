using System.Net.Sockets;
using Nua.Api;

namespace Nua.Cli.Doctor;

/// <summary>What the doctor looks at, in this order; later checks lean on earlier ones.</summary>
internal sealed class Checks(NuaClient server, NuaHome home)
{
    private const long LittleSpace = 2_000_000_000;

    private StatusView? _status;

    private IReadOnlyList<DoctorCheck> All =>
    [
        new("server answers", NeedsServer: false, ServerAsync),
        new("engine answers", NeedsServer: true, _ => Task.FromResult(_status!.Engine.Problem)),
        new("gateway answers", NeedsServer: true, _ => Task.FromResult(_status!.Gateway.Problem)),
        new("gateway's port is open", NeedsServer: true, PortAsync),
        new("disk space", NeedsServer: false, _ => Task.FromResult(Space())),
        new("operations end", NeedsServer: true, OperationsAsync),
        new("instances run", NeedsServer: true, InstancesAsync),
    ];

    public async Task<DoctorAnswer> MakeAsync(CancellationToken cancellation)
    {
        var results = new List<CheckResult>();
        foreach (var check in All)
        {
            results.Add(await MakeAsync(check, cancellation));
        }

        return new DoctorAnswer(results.TrueForAll(result => result.State == CheckResult.Well), results);
    }

    private async Task<CheckResult> MakeAsync(DoctorCheck check, CancellationToken cancellation)
    {
        if (check.NeedsServer && _status is null)
        {
            return new CheckResult(check.Name, CheckResult.Unknown);
        }

        return await check.AskAsync(cancellation) is { } problem
            ? new CheckResult(check.Name, CheckResult.Ill, problem)
            : new CheckResult(check.Name, CheckResult.Well);
    }

    private async Task<ProblemView?> ServerAsync(CancellationToken cancellation)
    {
        try
        {
            _status = await server.StatusAsync(cancellation);
            return _status.State == "ready" ? null : DoctorProblems.NotReady(_status.State);
        }
        catch (ApiException refusal)
        {
            return refusal.Problem;
        }
    }

    private async Task<ProblemView?> PortAsync(CancellationToken cancellation)
    {
        if (_status!.Gateway.HttpsPort is not { } port)
        {
            return null;
        }

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("localhost", port, cancellation);
            return null;
        }
        catch (SocketException)
        {
            return DoctorProblems.PortClosed(port);
        }
    }

    private ProblemView? Space()
    {
        var folder = Nearest(home.State);
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free < LittleSpace ? DoctorProblems.DiskLow(folder, free) : null;
    }

    /// <summary>The folder itself, or the nearest one above it that is there.</summary>
    private static string Nearest(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }

    private async Task<ProblemView?> OperationsAsync(CancellationToken cancellation)
    {
        var list = await server.OperationsAsync(new OperationQuery(State: "stuck", Limit: 1), cancellation);
        return list.Operations is [var stuck, ..] ? DoctorProblems.Stuck(stuck) : null;
    }

    private async Task<ProblemView?> InstancesAsync(CancellationToken cancellation)
    {
        var list = await server.InstancesAsync(cancellation);
        var ailing = list.Instances.Where(one => one.State is "down" or "degraded").ToList();
        return ailing.Count == 0 ? null : DoctorProblems.Ailing(ailing);
    }
}
