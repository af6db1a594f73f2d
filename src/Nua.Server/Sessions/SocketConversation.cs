using System.Net.WebSockets;
using System.Text.Json;
using Nua.Api;
using Nua.Engine.Commands;
using Nua.Engine.Runtimes;

namespace Nua.Server.Sessions;

/// <summary>Whoever talks with a command is at the other end of a WebSocket.</summary>
internal sealed class SocketConversation(FrameSocket socket) : IConversation
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);
    private Task<Frame?>? _receiving;

    public async Task<Said?> ListenAsync(CancellationToken cancellation)
    {
        // Cancelling a receive would break the socket, on which the end has yet to be told.
        _receiving ??= socket.ReceiveAsync(CancellationToken.None);
        var received = await _receiving.WaitAsync(cancellation);
        _receiving = null;
        return received switch
        {
            { Kind: FrameKind.Input } frame => new Said.Input(frame.Body),
            { Kind: FrameKind.EndOfInput } => new Said.EndOfInput(),
            { Kind: FrameKind.Resize } frame when SizeOf(frame.Body) is { } size => new Said.Resized(size),
            _ => null,
        };
    }

    /// <summary>Tells the end, and waits a moment until they have heard it.</summary>
    public async Task EndAsync(SessionEnd end)
    {
        using var moment = new CancellationTokenSource(Goodbye);
        try
        {
            await socket.SendAsync(FrameKind.End, end, ApiJson.Default.SessionEnd, moment.Token);
            await socket.CloseAsync(moment.Token);
            while (await ListenAsync(moment.Token) is not null)
            {
                // What was typed meanwhile is too late.
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever asked is gone.
        }
    }

    public async Task TellAsync(ReadOnlyMemory<byte> output, bool isError, CancellationToken cancellation)
    {
        try
        {
            await socket.SendAsync(isError ? FrameKind.Error : FrameKind.Output, output, cancellation);
        }
        catch (WebSocketException)
        {
            // They are gone, and whoever listens notices.
        }
    }

    private static TerminalSize? SizeOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, ApiJson.Default.TerminalView) is { } size ? new TerminalSize(size.Columns, size.Rows) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
