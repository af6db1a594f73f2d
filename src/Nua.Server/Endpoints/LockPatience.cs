using System.Globalization;
using Nua.Core.Problems;
using Nua.Engine.Operations;

namespace Nua.Server.Endpoints;

/// <summary>
/// How long a caller is ready to wait for a lock that another operation holds: <c>Prefer: wait=60</c>, in seconds, as RFC 7240
/// has it. Whoever hangs up waits no longer.
/// </summary>
internal static class LockPatience
{
    private const string Wait = "wait=";
    private const int LongestSeconds = 86_400;

    /// <summary>A server that ends is noticed within that time.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>What the request says; zero: nothing.</summary>
    public static TimeSpan Of(HttpRequest request) =>
        request.Headers["Prefer"]
            .SelectMany(line => (line ?? "").Split(','))
            .Select(preference => preference.Trim())
            .Where(preference => preference.StartsWith(Wait, StringComparison.OrdinalIgnoreCase))
            .Select(preference => int.TryParse(preference.AsSpan(Wait.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds))
                : TimeSpan.Zero)
            .FirstOrDefault();

    /// <summary>Starts it, as soon as the lock is free.</summary>
    /// <exception cref="NuaException"><c>operation.locked</c>: it was not in time; <c>server.not-ready</c>: the server ends.</exception>
    public static async Task<OperationRecord> StartAsync(
        this ControlPlane plane, TimeSpan patience, Func<Task<OperationRecord>> start, CancellationToken cancellation)
    {
        var begun = plane.Seams.Clock.GetTimestamp();
        while (true)
        {
            var end = plane.Runner.NextEnd;
            try
            {
                return await start();
            }
            catch (NuaException locked) when (
                locked.Problem.Code == OperationProblems.LockedCode && plane.Seams.Clock.GetElapsedTime(begun) < patience)
            {
                await Task.WhenAny(end, Task.Delay(Look, plane.Seams.Clock, cancellation));
            }

            cancellation.ThrowIfCancellationRequested();
            if (plane.State.Now is not ServerState.Ready)
            {
                throw new NuaException(ServerProblems.NotReady(plane.State.Now));
            }
        }
    }
}
