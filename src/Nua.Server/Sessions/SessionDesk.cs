using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Nua.Api;
using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine;
using Nua.Engine.Commands;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Server.Views;

namespace Nua.Server.Sessions;

/// <summary>
/// Commands that somebody wants to talk with: each waits a little for whoever asked for it. Of a command the log tells who, when,
/// where and which program; its arguments may hold secrets.
/// </summary>
internal sealed class SessionDesk(ControlPlane plane)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private readonly OpenCommand _open = new(plane.Seams);
    private readonly Dialogue _dialogue = new(plane.Seams.Clock);

    /// <summary>Asks for a command in a workload that runs.</summary>
    public async Task<SessionView> ExecAsync(string name, CommandBody body, string caller, CancellationToken cancellation)
    {
        var (instance, order) = (InstanceName.Parse(name), OrderOf(body));
        var workload = await _open.WhereAsync(instance, order, cancellation);
        return Add(caller, $"{instance}/{workload.Role}", order.Program, async (peer, stop) =>
        {
            await using var session = await _open.OpenAsync(workload, order, stop);
            return await _dialogue.RunAsync(session, peer, order.Terminal is not null, stop);
        });
    }

    /// <summary>Asks for a command in a container of its own.</summary>
    public async Task<SessionView> RunAsync(string name, CommandBody body, string caller, CancellationToken cancellation)
    {
        var (instance, order) = (InstanceName.Parse(name), OrderOf(body) with { Workload = null });
        _ = await _open.WhereAsync(instance, order, cancellation);
        return Add(caller, $"{instance}/run", order.Program, async (peer, stop) =>
        {
            var asked = await plane.Runner.StartAsync(plane.RunOnce, plane.RunOnce.Take(instance, order, peer), caller, stop);
            await using var cancelled = stop.Register(() => plane.Runner.Cancel(asked.Id));
            await foreach (var _ in plane.Runner.WatchAsync(asked.Id, CancellationToken.None))
            {
                // Its last event is its end.
            }

            var ended = await plane.Log.FindAsync(asked.Id, CancellationToken.None);
            return ended is { State: OperationState.Succeeded }
                ? JsonSerializer.Deserialize(ended.Result!, EngineJson.Default.RunResult)!.ExitCode
                : throw new NuaException(ended?.Problem ?? CommandProblems.ServerEnds());
        });
    }

    /// <summary>
    /// Has the command run that was asked for, by whoever asked for it, and tells how it ended. What it is given tells at its end why it was
    /// ended, if whoever asked may not go on.
    /// </summary>
    /// <exception cref="NuaException"><c>server.no-session</c></exception>
    public Func<IConversation, Func<Problem?>, CancellationToken, Task<SessionEnd>> Take(string id, string caller) =>
        _waiting.TryGetValue(id, out var asked) && asked.Caller == caller && _waiting.TryRemove(id, out var waiting)
        && plane.Seams.Clock.GetElapsedTime(waiting.Since) < Patience
            ? (peer, whyOver, stop) => EndAsync(id, waiting, peer, whyOver, stop)
            : throw new NuaException(ServerProblems.NoSession());

    /// <summary>Where a command is to run that somebody asked for, <c>INSTANCE/…</c>; <see langword="null"/>: they asked for none of that id.</summary>
    public string? PlaceOf(string id, string caller) =>
        _waiting.TryGetValue(id, out var asked) && asked.Caller == caller ? asked.Place : null;

    private SessionView Add(string caller, string place, string program, Func<IConversation, CancellationToken, Task<int?>> run)
    {
        Forget();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _waiting[id] = new Waiting(caller, place, program, plane.Seams.Clock.GetTimestamp(), run);
        return new SessionView(id);
    }

    private void Forget()
    {
        foreach (var (id, waiting) in _waiting)
        {
            if (plane.Seams.Clock.GetElapsedTime(waiting.Since) >= Patience)
            {
                _waiting.TryRemove(id, out _);
            }
        }
    }

    private async Task<SessionEnd> EndAsync(
        string id, Waiting waiting, IConversation peer, Func<Problem?> whyOver, CancellationToken stop)
    {
        var session = id[..8];
        plane.Logger.SessionBegan(session, waiting.Caller, waiting.Program, waiting.Place);
        var end = await TryAsync(waiting, peer, stop);
        end = end.ExitCode is null && whyOver() is { } refusal ? new SessionEnd(Problem: ProblemViews.Of(refusal)) : end;
        plane.Logger.SessionEnded(session, waiting.Program, waiting.Place, Words(end));
        return end;
    }

    private static string Words(SessionEnd end) =>
        end.Problem?.Code ?? (end.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit code {code}") : "whoever asked left");

    private static async Task<SessionEnd> TryAsync(Waiting waiting, IConversation peer, CancellationToken stop)
    {
        try
        {
            return new SessionEnd(await waiting.Run(peer, stop));
        }
        catch (NuaException failure)
        {
            return new SessionEnd(Problem: ProblemViews.Of(failure.Problem));
        }
        catch (OperationCanceledException)
        {
            return new SessionEnd(Problem: ProblemViews.Of(CommandProblems.ServerEnds()));
        }
    }

    private static CommandOrder OrderOf(CommandBody body) => new(
        body.Command is [{ Length: > 0 }, ..] ? body.Command : throw new NuaException(ServerProblems.BadRequest("it names no command")))
    {
        Workload = body.Workload,
        User = body.User,
        Variables = (body.Variables ?? new Dictionary<string, string>())
            .ToDictionary(variable => variable.Key, variable => new Secret(variable.Value)),
        Terminal = body.Terminal is { } terminal ? new TerminalSize(terminal.Columns, terminal.Rows) : null,
    };

    private sealed record Waiting(
        string Caller, string Place, string Program, long Since, Func<IConversation, CancellationToken, Task<int?>> Run);
}
