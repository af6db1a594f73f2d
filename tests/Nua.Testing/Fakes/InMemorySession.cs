using System.Text;
using System.Threading.Channels;
using Nua.Engine.Runtimes;

namespace Nua.Testing.Fakes;

/// <summary>A command of <see cref="InMemoryRuntime"/> that somebody talks with: <c>cat</c> says what it hears, others what they know.</summary>
public sealed class InMemorySession : IExecSession
{
    private const int HungUp = 128 + 1;
    private readonly Channel<(byte[] Bytes, bool IsError)> _output = Channel.CreateUnbounded<(byte[], bool)>();
    private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _reads;
    private (byte[] Bytes, bool IsError) _rest = ([], false);

    internal InMemorySession(WorkloadId workload, ExecCommand command, TerminalSize? terminal, bool reads, ExecOutcome outcome)
    {
        (Workload, Command, Size, _reads) = (workload, command, terminal, reads);
        Put(Encoding.UTF8.GetBytes(outcome.Output), isError: false);
        Put(Encoding.UTF8.GetBytes(outcome.Error), isError: terminal is null);
        if (!reads)
        {
            End(outcome.ExitCode);
        }
    }

    /// <summary>Where it runs.</summary>
    public WorkloadId Workload { get; }

    /// <summary>What it is.</summary>
    public ExecCommand Command { get; }

    /// <summary>Its terminal.</summary>
    public TerminalSize? Size { get; private set; }

    /// <summary>Whether it was ended, rather than ended by itself.</summary>
    public bool WasEnded { get; private set; }

    public Task WriteAsync(ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        if (_reads)
        {
            Put(input.ToArray(), isError: false);
        }

        return Task.CompletedTask;
    }

    public Task EndInputAsync(CancellationToken cancellation)
    {
        End(0);
        return Task.CompletedTask;
    }

    public async Task<ExecOutput> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_rest.Bytes.Length == 0)
        {
            if (!await _output.Reader.WaitToReadAsync(cancellation) || !_output.Reader.TryRead(out _rest))
            {
                return new ExecOutput(0, IsError: false);
            }
        }

        var count = Math.Min(buffer.Length, _rest.Bytes.Length);
        _rest.Bytes.AsSpan(0, count).CopyTo(buffer.Span);
        _rest = (_rest.Bytes[count..], _rest.IsError);
        return new ExecOutput(count, _rest.IsError);
    }

    public Task ResizeAsync(TerminalSize size, CancellationToken cancellation)
    {
        Size = Size is null ? null : size;
        return Task.CompletedTask;
    }

    public Task<int> ExitCodeAsync(CancellationToken cancellation) => _end.Task.WaitAsync(cancellation);

    public Task EndAsync(TimeSpan grace, CancellationToken cancellation)
    {
        WasEnded = !_end.Task.IsCompleted;
        End(HungUp);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Put(byte[] bytes, bool isError)
    {
        if (bytes.Length > 0)
        {
            _output.Writer.TryWrite((bytes, isError));
        }
    }

    private void End(int code)
    {
        _end.TrySetResult(code);
        _output.Writer.TryComplete();
    }
}
