using System.Globalization;
using System.Net.Sockets;
using Docker.DotNet;
using Docker.DotNet.Models;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>A command in a container that somebody talks with.</summary>
internal sealed class ContainerSession : IExecSession
{
    /// <summary>Its arguments are a signal and the process whose group gets it. What shell there is, has it built in.</summary>
    private const string SignalGroup = $"{ContainerExec.OwnPath}; kill \"-$1\" \"-$2\"";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly DockerEngine _engine;
    private readonly WorkloadId _workload;
    private readonly string _exec;
    private readonly bool _hasTerminal;
    private readonly MultiplexedStream _stream;
    private readonly string _what;

    private ContainerSession(DockerEngine engine, WorkloadId workload, string exec, bool hasTerminal, MultiplexedStream stream, string what) =>
        (_engine, _workload, _exec, _hasTerminal, _stream, _what) = (engine, workload, exec, hasTerminal, stream, what);

    public static async Task<IExecSession> OpenAsync(
        DockerEngine engine, DockerClient client, WorkloadId id, ExecCommand command, TerminalSize? terminal, CancellationToken cancellation)
    {
        var request = ContainerExec.Request(command);
        request.AttachStdin = true;
        request.TTY = terminal is not null;
        request.ConsoleSize = terminal is null ? null! : new ConsoleSize { Height = (ulong)terminal.Rows, Width = (ulong)terminal.Columns };
        var exec = await client.Exec.CreateContainerExecAsync(id.Value, request, cancellation);
        var start = new ContainerExecStartParameters { TTY = request.TTY, ConsoleSize = request.ConsoleSize };
        var stream = await client.Exec.StartContainerExecAsync(exec.ID, start, cancellation);
        return new ContainerSession(engine, id, exec.ID, request.TTY, stream, $"run '{command.Arguments[0]}' in '{id}'");
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        try
        {
            var bytes = input.ToArray();
            await _stream.WriteAsync(bytes, 0, bytes.Length, cancellation);
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
        {
            // It has ended, or closed its input: as with a pipe, what it does not read is lost.
        }
    }

    public Task EndInputAsync(CancellationToken cancellation)
    {
        try
        {
            _stream.CloseWrite();
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
        {
            // There is nobody to read it any more.
        }

        return Task.CompletedTask;
    }

    public async Task<ExecOutput> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var bytes = new byte[buffer.Length];
        var read = await _engine.AttendAsync(_what, _ => _stream.ReadOutputAsync(bytes, 0, bytes.Length, cancellation), cancellation);
        bytes.AsSpan(0, read.Count).CopyTo(buffer.Span);
        return new ExecOutput(read.EOF ? 0 : read.Count, read.Target is MultiplexedStream.TargetStream.StandardError);
    }

    public async Task ResizeAsync(TerminalSize size, CancellationToken cancellation)
    {
        if (!_hasTerminal)
        {
            return;
        }

        try
        {
            var request = new ContainerResizeParameters { Height = size.Rows, Width = size.Columns };
            await _engine.AskAsync(_what, client => client.Exec.ResizeExecTtyAsync(_exec, request, cancellation), cancellation);
        }
        catch (NuaException)
        {
            // It has ended, or has not quite begun; a size is not worth a session.
        }
    }

    public Task<int> ExitCodeAsync(CancellationToken cancellation) =>
        _engine.AttendAsync(_what, client => ContainerExec.ExitCodeAsync(client, _exec, cancellation), cancellation);

    public async Task EndAsync(TimeSpan grace, CancellationToken cancellation)
    {
        if (await ProcessAsync(cancellation) is not { } process)
        {
            return;
        }

        await SignalAsync("HUP", process, cancellation);
        using var patience = new CancellationTokenSource(grace);
        while (!patience.IsCancellationRequested && await ProcessAsync(cancellation) is not null)
        {
            await Task.Delay(Look, cancellation);
        }

        await SignalAsync("KILL", process, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Its process as the container counts; <see langword="null"/>: it has ended, or this server cannot see it.</summary>
    private async Task<string?> ProcessAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var exec = await _engine.AskAsync(_what, client => client.Exec.InspectContainerExecAsync(_exec, cancellation), cancellation);
                if (exec is { Running: true, Pid: > 0 })
                {
                    return await InContainerAsync(exec.Pid, cancellation);
                }

                if (exec.ExitCode is not null)
                {
                    return null;
                }

                // It was asked for, and has not quite begun.
                await Task.Delay(Look, cancellation);
            }
        }
        catch (NuaException gone) when (gone.IsNotFound())
        {
            return null;
        }
    }

    /// <summary>The engine says the process's number on the host; the kernel, what it is in the innermost name space.</summary>
    private static async Task<string?> InContainerAsync(long process, CancellationToken cancellation)
    {
        try
        {
            var status = await File.ReadAllLinesAsync(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"), cancellation);
            return status.FirstOrDefault(line => line.StartsWith("NSpid:", StringComparison.Ordinal))?.Split('\t')[^1];
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The engine makes every command the head of a group of its own.</summary>
    private async Task SignalAsync(string signal, string process, CancellationToken cancellation)
    {
        try
        {
            var kill = new ExecCommand("/bin/sh", "-c", SignalGroup, "sh", signal, process) { User = "0" };
            await _engine.AttendAsync(_what, client => ContainerExec.RunAsync(client, _workload, kill, cancellation), cancellation);
        }
        catch (NuaException gone) when (gone.IsNotFound() || gone.IsConflict())
        {
            // The whole container has ended.
        }
    }
}
