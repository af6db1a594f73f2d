using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Access;
using Nua.Engine.Operations;
using Nua.Server.Views;

namespace Nua.Server.Doors;

/// <summary>
/// The one place that every request passes, from the socket and from afar: who asks, may they, and still, does the server take work;
/// and what changes something, or is refused, stands in the audit trail. All of that before the body is read.
/// </summary>
internal sealed class FrontDoor(ControlPlane plane)
{
    private readonly TimeProvider _clock = plane.Seams.Clock;
    private readonly Doorkeeper _keeper = new(plane.Tokens, plane.Seams.Clock);

    /// <summary>Lets the request through, or throws what refuses it.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var origin = Origin.Of(context);
        var (caller, rule) = await AdmitAsync(context, origin);
        context.Features.Set(caller);
        RefuseWorkUnlessReady(context.Request);
        RequestDelegate answer = admitted => _keeper.AnswerAsync(caller, admitted, next);
        if (rule.Changes)
        {
            await AuditedAsync(context, answer, EntryOf(context, rule, origin, caller.Principal.Who, AuditEntry.Asked));
        }
        else
        {
            await answer(context);
        }
    }

    private async Task<(Caller Caller, RouteRule Rule)> AdmitAsync(HttpContext context, Origin origin)
    {
        var found = RouteRules.Of(context.GetEndpoint());
        var who = AuditEntry.Nobody;
        try
        {
            var caller = await _keeper.AdmitAsync(context, origin);
            who = caller.Principal.Who;
            var rule = found ?? throw new NuaException(ServerProblems.NoSuchRoute(context.Request.Method, context.Request.Path));
            await CheckAsync(caller, rule, context);
            return (caller, rule);
        }
        catch (NuaException refusal) when (refusal.Problem.Kind is not ProblemKind.NotFound)
        {
            await TryNoteAsync(EntryOf(context, found, origin, who, OutcomeOf(refusal.Problem)));
            throw;
        }
    }

    private async Task CheckAsync(Caller caller, RouteRule rule, HttpContext context)
    {
        caller.Require(rule.Needs);
        switch (rule.Reach)
        {
            case Reach.Server when !caller.Principal.SeesAll:
                throw new NuaException(AccessProblems.WholeServer);
            case Reach.Instance when !caller.Principal.MayAt(RouteText(context, "name")):
                throw new NuaException(AccessProblems.OtherInstance(RouteText(context, "name")));
            case Reach.Session when plane.Sessions.PlaceOf(RouteText(context, "id"), caller.Principal.Who) is { } place:
                AuditNotes.Of(context).Concern(place);
                break;
            case Reach.Operation:
                await CheckOperationAsync(caller.Principal, RouteText(context, "id"), context);
                break;
        }
    }

    /// <summary>Another's operation is answered as one that never was.</summary>
    private async Task CheckOperationAsync(Principal who, string id, HttpContext context)
    {
        var subject = (await plane.Log.FindAsync(id, context.RequestAborted))?.Subject;
        if (subject is not null)
        {
            AuditNotes.Of(context).Concern(subject);
        }

        if (!who.SeesAll && (subject is null || !await plane.Belongings.IncludeAsync(who, subject, context.RequestAborted)))
        {
            throw new NuaException(OperationProblems.Unknown(id));
        }
    }

    private void RefuseWorkUnlessReady(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && plane.State.Now is not ServerState.Ready)
        {
            throw new NuaException(ServerProblems.NotReady(plane.State.Now));
        }
    }

    /// <summary>What cannot be written down is not done.</summary>
    private async Task AuditedAsync(HttpContext context, RequestDelegate next, AuditEntry asked)
    {
        await plane.Audit.AppendAsync(asked, CancellationToken.None);
        var outcome = "broken off";
        try
        {
            await next(context);
            outcome = $"{context.Response.StatusCode} {AuditNotes.Of(context).About}".TrimEnd();
        }
        catch (NuaException refusal)
        {
            outcome = OutcomeOf(refusal.Problem);
            throw;
        }
        finally
        {
            await EndAsync(asked with { At = _clock.GetUtcNow(), Outcome = outcome }, AuditNotes.Of(context).Instances);
        }
    }

    /// <summary>What was about several instances is found under each.</summary>
    private async Task EndAsync(AuditEntry ended, IReadOnlyList<string> instances)
    {
        foreach (var instance in instances.Prepend(ended.Instance).OfType<string>().Distinct().DefaultIfEmpty())
        {
            await TryAsync(() => plane.Audit.AppendAsync(ended with { Instance = instance }, CancellationToken.None));
        }
    }

    private Task TryNoteAsync(AuditEntry refusal) => TryAsync(() => plane.Refusals.NoteAsync(refusal, CancellationToken.None));

    /// <summary>What was done, or refused, stays so although it could not be written down.</summary>
    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (NuaException failure)
        {
            plane.Logger.AuditLost(failure.Problem.Message, failure.Problem.Code);
        }
    }

    private AuditEntry EntryOf(HttpContext context, RouteRule? rule, Origin origin, string who, string outcome) => new(
        _clock.GetUtcNow(),
        who,
        origin.From,
        rule?.ToString() ?? "no route of the API",
        InstanceName.TryParse(RouteText(context, "name"))?.ToString() ?? (AuditNotes.Of(context).Instances is [var instance, ..] ? instance : null),
        outcome);

    private static string OutcomeOf(Problem problem) => $"{ProblemViews.Of(problem).Status} {problem.Code}";

    private static string RouteText(HttpContext context, string name) => context.GetRouteValue(name) as string ?? "";
}
