using Microsoft.AspNetCore.Http.HttpResults;
using Nua.Api;
using Nua.Engine.Operations;
using Nua.Server.Doors;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>Starts an operation for a caller; the answer says where to follow it.</summary>
internal static class Asking
{
    /// <summary>Answers 202 with the operation, or throws what refuses it, <c>access.other-instance</c> too.</summary>
    public static async Task<Accepted<OperationView>> AskAsync<TRequest, TResult>(
        this ControlPlane plane,
        UseCase<TRequest, TResult> useCase,
        TRequest request,
        HttpContext context,
        CancellationToken cancellation)
    {
        var caller = Caller.Of(context).Principal;
        var notes = AuditNotes.Of(context);
        var subject = useCase.SubjectOf(request);
        notes.Concern(subject);
        await plane.Belongings.RequireAsync(caller, subject, cancellation);
        var operation = await plane.StartAsync(
            LockPatience.Of(context.Request),
            () => plane.Runner.StartAsync(useCase, request, caller.Who, cancellation),
            cancellation);
        notes.About = $"operation {operation.Id}";
        plane.Logger.Asked(operation.Kind, operation.Subject, operation.StartedBy, operation.Id);
        return TypedResults.Accepted($"/v1/operations/{operation.Id}", OperationViews.Of(operation));
    }
}
