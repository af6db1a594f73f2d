using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nua.Server.Endpoints;

/// <summary>A stream of JSON documents, one a line, each sent as soon as it is there.</summary>
internal sealed class Lines<T>(IAsyncEnumerable<T> items, JsonTypeInfo<T> json, CancellationToken ending) : IResult
{
    /// <summary>Of JSON documents, one a line.</summary>
    public const string MediaType = "application/x-ndjson";

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
                await httpContext.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(item, json), either.Token);
                await httpContext.Response.Body.WriteAsync(NewLine, either.Token);
                await httpContext.Response.Body.FlushAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // What was sent so far is whole.
        }
    }
}
