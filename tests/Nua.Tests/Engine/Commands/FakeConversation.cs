using System.Text;
using System.Threading.Channels;
using Nua.Engine.Commands;

namespace Nua.Tests.Engine.Commands;

/// <summary>Somebody who says what a test has them say, and remembers what they were told.</summary>
internal sealed class FakeConversation : IConversation
{
    private readonly Channel<Said?> _says = Channel.CreateUnbounded<Said?>();
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StringBuilder Output { get; } = new();

    public StringBuilder Error { get; } = new();

    /// <summary>Completes with the first thing they are told.</summary>
    public Task Told => _told.Task;

    public void Type(string text) => _says.Writer.TryWrite(new Said.Input(Encoding.UTF8.GetBytes(text)));

    public void EndInput() => _says.Writer.TryWrite(new Said.EndOfInput());

    public void Leave() => _says.Writer.TryWrite(null);

    public async Task<Said?> ListenAsync(CancellationToken cancellation) => await _says.Reader.ReadAsync(cancellation);

    public Task TellAsync(ReadOnlyMemory<byte> output, bool isError, CancellationToken cancellation)
    {
        (isError ? Error : Output).Append(Encoding.UTF8.GetString(output.Span));
        _told.TrySetResult();
        return Task.CompletedTask;
    }
}
