using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Server.Doors;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>A stream of JSON documents, one a line, each sent as soon as it is there. One that was ended says why in its last line.</summary>
internal sealed class Lines<T>(IAsyncEnumerable<T> items, JsonTypeInfo<T> json, CancellationToken ending) : IResult
{
    /// <summary>Of JSON documents, one a line.</summary>
    public const string MediaType = "application/x-ndjson";

    /// <summary>Nobody need read it.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private static readonly ReadOnlyMemory<byte> NewLine = "\n"u8.ToArray();

    /// <summary>Sends each item until there are no more, the caller goes or the server ends.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // A stream without an end must not keep the server from ending.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, ending);
        httpContext.Response.ContentType = MediaType;
        try
        {
            await foreach (var item in items.WithCancellation(either.Token))
            {
                await WriteAsync(httpContext.Response.Body, item, json, either.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // What was sent so far is whole.
        }
        catch (OperationCanceledException) when (Stay.RefusalOf(httpContext) is not null)
        {
            await SayWhyAsync(httpContext.Response.Body, Stay.RefusalOf(httpContext)!);
        }
    }

    private static async Task SayWhyAsync(Stream body, Problem problem)
    {
        using var moment = new CancellationTokenSource(Goodbye);
        await WriteAsync(body, ProblemViews.Of(problem), ApiJson.Default.ProblemView, moment.Token);
    }

    private static async Task WriteAsync<TLine>(Stream body, TLine line, JsonTypeInfo<TLine> json, CancellationToken cancellation)
    {
        await body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, json), cancellation);
        await body.WriteAsync(NewLine, cancellation);
        await body.FlushAsync(cancellation);
    }
}
