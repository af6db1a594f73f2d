using Microsoft.AspNetCore.Http.HttpResults;
using Nua.Api;
using Nua.Engine.Operations;
using Nua.Server.Listening;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>Starts an operation for a caller; the answer says where to follow it.</summary>
internal static class Asking
{
    /// <summary>Answers 202 with the operation, or throws what refuses it.</summary>
    public static async Task<Accepted<OperationView>> AskAsync<TRequest, TResult>(
        this ControlPlane plane,
        UseCase<TRequest, TResult> useCase,
        TRequest request,
        HttpContext context,
        CancellationToken cancellation)
    {
        var operation = await plane.StartAsync(
            LockPatience.Of(context.Request),
            () => plane.Runner.StartAsync(useCase, request, Caller.Of(context), cancellation),
            cancellation);
        plane.Logger.Asked(operation.Kind, operation.Subject, operation.StartedBy, operation.Id);
        return TypedResults.Accepted($"/v1/operations/{operation.Id}", OperationViews.Of(operation));
    }
}
