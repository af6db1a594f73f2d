using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Nua.Api.Programs;

/// <summary>A process of Nua's that this one did not necessarily start.</summary>
public sealed record RunningProgram(int Pid)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    /// <summary>The process that answers on a Unix socket; <see langword="null"/> when none does.</summary>
    public static RunningProgram? Behind(string socket)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            connection.Connect(new UnixDomainSocketEndPoint(socket));
            return new RunningProgram(PeerCredentials.Of(connection).Pid);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Asks it to end in an orderly way.</summary>
    public void Terminate() => _ = Posix.Kill(Pid, Posix.Terminate);

    /// <summary>Waits for its end; answers whether it came in time.</summary>
    public Task<bool> EndsWithinAsync(TimeSpan limit, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => EndsWithin(limit), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Waits until something answers on a socket that this program is to open; false when it ended first, or in vain.</summary>
    public async Task<bool> IsBehindAsync(string socket, TimeSpan limit, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Behind(socket) is null)
        {
            if (await EndsWithinAsync(Beat, cancellation) || Stopwatch.GetElapsedTime(begun) > limit)
            {
                return false;
            }
        }

        return true;
    }

    private bool EndsWithin(TimeSpan limit)
    {
        var descriptor = Posix.OpenProcess(Pid);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError() == Posix.Gone;
        }

        try
        {
            var entry = new Posix.PollEntry { Descriptor = descriptor, Wanted = Posix.Readable };
            var ended = Posix.Poll(ref entry, 1, (int)limit.TotalMilliseconds) > 0;
            if (ended)
            {
                // Our own child would stay behind as a zombie.
                _ = Posix.Wait(Pid, out _, Posix.DoNotHang);
            }

            return ended;
        }
        finally
        {
            _ = Posix.Close(descriptor);
        }
    }
}

/// <summary>Who is at the other end of a Unix socket, as the kernel knows it.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PeerCredentials(int Pid, uint UserId, uint GroupId)
{
    public static PeerCredentials Of(Socket connection)
    {
        Span<byte> credentials = stackalloc byte[12];
        _ = connection.GetRawSocketOption(Posix.SocketLevel, Posix.PeerCredentials, credentials);
        return MemoryMarshal.Read<PeerCredentials>(credentials);
    }
}
