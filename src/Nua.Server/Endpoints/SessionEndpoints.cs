using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Access;
using Nua.Server.Doors;
using Nua.Server.Sessions;

namespace Nua.Server.Endpoints;

/// <summary>Commands in instances, and talking with them.</summary>
internal static class SessionEndpoints
{
    /// <summary>Adds the routes of commands.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane, CancellationToken ending)
    {
        var desk = plane.Sessions;

        api.MapPost(
                "/v1/instances/{name}/exec",
                (string name, CommandBody body, HttpContext context, CancellationToken stop) =>
                    desk.ExecAsync(name, body, WhoMay(body, context), stop))
            .WithSummary("Ask for a command in a workload that runs; its session runs it");

        api.MapPost(
                "/v1/instances/{name}/run",
                (string name, CommandBody body, HttpContext context, CancellationToken stop) =>
                    desk.RunAsync(name, body, WhoMay(body, context), stop))
            .WithSummary("Ask for a command in a container of its own; its session runs it");

        api.MapGet("/v1/sessions/{id}", (string id, HttpContext context) => TalkAsync(desk, id, context, ending))
            .WithSummary("Run a command that was asked for, and talk with it: a WebSocket");
    }

    /// <summary>The app's own user is an operator's; any other may be root, who is the administrator's.</summary>
    private static string WhoMay(CommandBody body, HttpContext context)
    {
        var caller = Caller.Of(context);
        if (body.User is not null)
        {
            caller.Require(Scope.Admin);
        }

        return caller.Principal.Who;
    }

    private static async Task TalkAsync(SessionDesk desk, string id, HttpContext context, CancellationToken ending)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new NuaException(ServerProblems.BadRequest("a session is talked with over a WebSocket"));
        }

        var run = desk.Take(id, Caller.Of(context).Principal.Who);
        using var socket = new FrameSocket(await context.WebSockets.AcceptWebSocketAsync());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        var conversation = new SocketConversation(socket);
        var end = await run(conversation, () => Stay.RefusalOf(context), either.Token);
        AuditNotes.Of(context).About = Stay.RefusalOf(context)?.Code;
        await conversation.EndAsync(end);
    }
}
