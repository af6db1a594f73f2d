using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Nua.Api;

namespace Nua.Cli.Sessions;

/// <summary>Talks with a command on the server as if it ran here: three streams, or this terminal.</summary>
internal static class Talk
{
    /// <summary>Answers with the command's exit code.</summary>
    /// <exception cref="ApiException">It did not come to its end.</exception>
    public static async Task<int> RunAsync(
        NuaClient server, SessionView session, StandardStreams streams, bool terminal, CancellationToken cancellation)
    {
        using var link = await server.TalkAsync(session, cancellation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var raw = terminal ? RawTerminal.Enter() : null;
        using var resizing = terminal ? PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Resize(link)) : null;

        // A read of a terminal ends with a key, so nobody waits for it.
        _ = Task.Run(() => SendInputAsync(link, streams.Input, over.Token), CancellationToken.None);
        try
        {
            return await ShowAsync(link, streams, over.Token);
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private static async Task<int> ShowAsync(FrameSocket link, StandardStreams streams, CancellationToken cancellation)
    {
        while (await link.ReceiveAsync(cancellation) is { } frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.Output:
                    await WriteAsync(streams.Output, frame.Body, cancellation);
                    break;
                case FrameKind.Error:
                    await WriteAsync(streams.Error, frame.Body, cancellation);
                    break;
                case FrameKind.End:
                    await link.CloseAsync(cancellation);
                    var end = JsonSerializer.Deserialize(frame.Body.Span, ApiJson.Default.SessionEnd)!;
                    return end.ExitCode ?? throw new ApiException(end.Problem ?? CliProblems.SessionLost());
                default:
                    break;
            }
        }

        cancellation.ThrowIfCancellationRequested();
        throw new ApiException(CliProblems.SessionLost());
    }

    private static async Task WriteAsync(Stream target, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await target.WriteAsync(bytes, cancellation);
        await target.FlushAsync(cancellation);
    }

    private static async Task SendInputAsync(FrameSocket link, Stream input, CancellationToken cancellation)
    {
        try
        {
            var buffer = new byte[FrameSocket.LongestBody];
            for (int read; (read = await input.ReadAsync(buffer, cancellation)) > 0;)
            {
                await link.SendAsync(FrameKind.Input, buffer.AsMemory(0, read), cancellation);
            }

            await link.SendAsync(FrameKind.EndOfInput, ReadOnlyMemory<byte>.Empty, cancellation);
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The command has ended, or nothing can be typed any more.
        }
    }

    private static void Resize(FrameSocket link) => _ = SendSizeAsync(link);

    private static async Task SendSizeAsync(FrameSocket link)
    {
        try
        {
            await link.SendAsync(FrameKind.Resize, RawTerminal.Size(), ApiJson.Default.TerminalView, CancellationToken.None);
        }
        catch (Exception over) when (over is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The command has ended.
        }
    }
}
