using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nua.Api;

namespace Nua.Gateway.Admin;

/// <summary>How the server is answered: in JSON, and a refusal with its reason.</summary>
internal sealed class Answering(ILogger<Answering> log)
{
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync(type, context.RequestAborted)
                ?? throw GatewayProblems.BadRequest($"A {what} is missing.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw GatewayProblems.BadRequest($"The {what} cannot be read.");
        }
    }

    public static Task AnswerAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(body, type, contentType: null, context.RequestAborted);

    public RequestDelegate Refusing(RequestDelegate work) => async context =>
    {
        try
        {
            await work(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be told.
        }
        catch (GatewayException problem)
        {
            context.Response.StatusCode = problem.ExitCode switch
            {
                GatewayException.Invalid => StatusCodes.Status400BadRequest,
                GatewayException.NotFound => StatusCodes.Status404NotFound,
                GatewayException.Conflict => StatusCodes.Status409Conflict,
                _ => StatusCodes.Status503ServiceUnavailable,
            };
            await AnswerAsync(context, problem.Refusal, RouteTableJson.Default.GatewayRefusal);
        }
        catch (Exception bug)
        {
            log.Bug(bug);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await AnswerAsync(context, GatewayProblems.Bug, RouteTableJson.Default.GatewayRefusal);
        }
    };
}
