using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nua.Api;

/// <summary>One end of a session's WebSocket. Several may send at once; one receives.</summary>
public sealed class FrameSocket(WebSocket socket) : IDisposable
{
    /// <summary>What is longer is sent in pieces, and not received.</summary>
    public const int LongestBody = 32 * 1024;

    private readonly byte[] _received = new byte[LongestBody + 1];
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Sends bytes, in as many messages as it takes.</summary>
    /// <exception cref="WebSocketException">The other end is gone.</exception>
    public async Task SendAsync(FrameKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        do
        {
            var piece = body[..Math.Min(body.Length, LongestBody)];
            await SendOneAsync(kind, piece, cancellation);
            body = body[piece.Length..];
        }
        while (body.Length > 0);
    }

    /// <summary>Sends a document.</summary>
    public Task SendAsync<T>(FrameKind kind, T document, JsonTypeInfo<T> json, CancellationToken cancellation) =>
        SendAsync(kind, JsonSerializer.SerializeToUtf8Bytes(document, json), cancellation);

    /// <summary>The next message; <see langword="null"/>: the other end is gone, or speaks another language.</summary>
    public async Task<Frame?> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_received.AsMemory(length), cancellation);
                length += part.Count;
            }
            while (!part.EndOfMessage && length < _received.Length);

            return part is { EndOfMessage: true, MessageType: WebSocketMessageType.Binary } && length > 0
                ? new Frame((FrameKind)_received[0], _received.AsMemory(1, length - 1))
                : null;
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Says goodbye; whoever is gone already is not missed.</summary>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancellation);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is closed, which is what was wanted.
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _turn.Dispose();
    }

    private async Task SendOneAsync(FrameKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var message = ArrayPool<byte>.Shared.Rent(body.Length + 1);
        await _turn.WaitAsync(cancellation);
        try
        {
            message[0] = (byte)kind;
            body.CopyTo(message.AsMemory(1));
            await socket.SendAsync(message.AsMemory(0, body.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, cancellation);
        }
        finally
        {
            _turn.Release();
            ArrayPool<byte>.Shared.Return(message, clearArray: true);
        }
    }
}
