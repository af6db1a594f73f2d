using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Commands;

/// <summary>
/// Carries what is said between somebody and a command until the command ends. When they are gone, or too much time is, the
/// command is ended, and what it started with it.
/// </summary>
public sealed class Dialogue(TimeProvider clock)
{
    /// <summary>How long a command may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>How long a terminal may be quiet.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(5);

    /// <summary>Answers with the command's exit code; <see langword="null"/>: whoever talked with it left.</summary>
    /// <exception cref="NuaException"><c>command.quiet</c>, <c>command.too-long</c>, and what the runtime says.</exception>
    public async Task<int?> RunAsync(IExecSession session, IConversation peer, bool terminal, CancellationToken cancellation)
    {
        var patience = terminal ? Quiet : Timeout.InfiniteTimeSpan;
        using var tooLong = new CancellationTokenSource(Longest, clock);
        using var quiet = new CancellationTokenSource(patience, clock);
        using var gone = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, quiet.Token, gone.Token, cancellation);
        var listening = ListenAsync(session, peer, Heard, gone, over.Token);
        try
        {
            await TellAsync(session, peer, Heard, over.Token);
            return await session.ExitCodeAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            await session.EndAsync(EndGrace, CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return tooLong.IsCancellationRequested ? throw new NuaException(CommandProblems.TooLong(Longest))
                : quiet.IsCancellationRequested ? throw new NuaException(CommandProblems.Quiet(Quiet))
                : null;
        }
        finally
        {
            await over.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Heard() => quiet.CancelAfter(patience);
    }

    private static async Task TellAsync(IExecSession session, IConversation peer, Action heard, CancellationToken over)
    {
        var buffer = new byte[32 * 1024];
        while (await session.ReadAsync(buffer, over) is { Count: > 0 } read)
        {
            heard();
            await peer.TellAsync(buffer.AsMemory(0, read.Count), read.IsError, over);
        }
    }

    private static async Task ListenAsync(
        IExecSession session, IConversation peer, Action heard, CancellationTokenSource gone, CancellationToken over)
    {
        try
        {
            while (await peer.ListenAsync(over) is { } said)
            {
                heard();
                await (said switch
                {
                    Said.Input input => session.WriteAsync(input.Bytes, over),
                    Said.Resized resized => session.ResizeAsync(resized.Size, over),
                    _ => session.EndInputAsync(over),
                });
            }
        }
        finally
        {
            await gone.CancelAsync();
        }
    }
}
