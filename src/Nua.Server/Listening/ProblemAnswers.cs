using System.Diagnostics.CodeAnalysis;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Server.Views;

namespace Nua.Server.Listening;

/// <summary>The outermost layer of a request: whatever escapes becomes an RFC 9457 answer; a bug is logged whole.</summary>
internal sealed class ProblemAnswers(ILogger log)
{
    /// <summary>Lets the request through, and answers for what escapes.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The outermost layer of a request.")]
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
            {
                // What binds parameters says nothing of why it could not.
                await AnswerAsync(context, ProblemViews.Of(ServerProblems.BadRequest("a parameter is of the wrong form")));
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
        catch (Exception failure)
        {
            await AnswerAsync(context, ViewOf(context.Request, failure));
        }
    }

    /// <summary>Sends a problem, or breaks off an answer that has begun.</summary>
    public static Task AnswerAsync(HttpContext context, ProblemView problem)
    {
        if (context.Response.HasStarted)
        {
            // A stream that breaks off tells its reader that something went wrong.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(
            problem, ApiJson.Default.ProblemView, ProblemView.MediaType, CancellationToken.None);
    }

    private ProblemView ViewOf(HttpRequest request, Exception failure)
    {
        switch (failure)
        {
            case NuaException known:
                return ProblemViews.Of(known.Problem);
            case BadHttpRequestException bad:
                return ProblemViews.Of(ServerProblems.BadRequest(bad.InnerException?.Message ?? bad.Message));
            default:
                log.RequestBug(failure, request.Method, request.Path);
                return ProblemViews.Of(ServerProblems.Bug(failure));
        }
    }
}
