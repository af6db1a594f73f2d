using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nua.Gateway.Issuing;

namespace Nua.Gateway.Listening;

/// <summary>
/// Tells authorities that come for an answer from visitors, by what they offer to speak. While nobody was told to come, nothing is looked at.
/// </summary>
internal static class ChallengeDoor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks at what a client says first and takes nothing of it away; stands before the handshake.</summary>
    public static void Watch(ListenOptions listener, AlpnChallenges challenges) => listener.Use(next => async connection =>
    {
        if (challenges.ArePending && await AsksForAnswerAsync(connection))
        {
            connection.Features.Set(Asker.Authority);
        }

        await next(connection);
    });

    /// <summary>Ends the connection of who came for an answer: the handshake was all of it. Stands after the handshake.</summary>
    public static void EndAfterAnswer(ListenOptions listener) =>
        listener.Use(next => connection => IsForAnswer(connection) ? Task.CompletedTask : next(connection));

    public static bool IsForAnswer(ConnectionContext connection) => connection.Features.Get<Asker>() is not null;

    private static async Task<bool> AsksForAnswerAsync(ConnectionContext connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(Patience);
        try
        {
            return await LookAsync(connection.Transport.Input, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It says nothing; the handshake has a limit of its own.
            return false;
        }
    }

    private static async Task<bool> LookAsync(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var verdict = ClientHello.OffersOnly(read.Buffer, AlpnChallenges.Protocol.Protocol.Span);
            input.AdvanceTo(read.Buffer.Start, verdict is null ? read.Buffer.End : read.Buffer.Start);
            if (verdict is not null || read.IsCompleted)
            {
                return verdict ?? false;
            }
        }
    }

    private sealed class Asker
    {
        public static Asker Authority { get; } = new();
    }
}
