using System.Runtime.InteropServices;

namespace Nua.Agent.Starting;

/// <summary>
/// Runs programs one after the other, passes signals on to the one that runs, and collects whatever ends: as process 1
/// it is also the parent of every orphan of the container.
/// </summary>
internal sealed class Supervisor(ProcessEnvironment environment)
{
    private static readonly TimeSpan GraceForLeftovers = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private int _child;
    private int _askedToEndBy;

    /// <summary>Answers with the exit code of the last one, or of the first that failed.</summary>
    /// <param name="preparations">What runs first.</param>
    /// <param name="become">Called between the two.</param>
    /// <param name="launches">What runs then; the last is the server.</param>
    public int Run(IReadOnlyList<Launch> preparations, Action become, IReadOnlyList<Launch> launches)
    {
        using var signals = Signals.CallOn(Pass);
        var code = RunInOrder(preparations);
        if (code == 0)
        {
            become();
            code = RunInOrder(launches.SkipLast(1));
        }

        if (code == 0)
        {
            code = RunOne(launches[^1], running: () => Phase.Enter(Phase.Serving));
        }

        Phase.Enter(Phase.Stopping);
        EndLeftovers();
        return code;
    }

    private int RunInOrder(IEnumerable<Launch> launches)
    {
        foreach (var launch in launches)
        {
            var code = RunOne(launch);
            if (code != 0)
            {
                return _askedToEndBy == 0
                    ? Say.Trouble($"'{launch.Name}' failed with exit code {code}; nothing after it is started.", code)
                    : code;
            }
        }

        return 0;
    }

    private int RunOne(Launch launch, Action? running = null)
    {
        int pid, error;
        lock (_gate)
        {
            if (_askedToEndBy != 0)
            {
                return 128 + _askedToEndBy;
            }

            pid = _child = ChildProcess.Start(launch.Arguments, environment.Lines, out error);
        }

        if (pid == 0)
        {
            return CannotStart(launch, error);
        }

        running?.Invoke();
        return WaitFor(pid);
    }

    // 126 and 127 are what shells say.
    private static int CannotStart(Launch launch, int error) => Say.Trouble(
        $"cannot start '{launch.Arguments[0]}': {Marshal.GetPInvokeErrorMessage(error)}.",
        error == Libc.NoSuchFile ? 127 : 126);

    private int WaitFor(int pid)
    {
        while (true)
        {
            var ended = Libc.WaitPid(Libc.Everybody, out var status, options: 0);
            if (ended == pid)
            {
                lock (_gate)
                {
                    _child = 0;
                }

                return ChildProcess.ExitCodeOf(status);
            }

            // Who ignores the end of children is never told of it: whoever started the agent did.
            if (ended < 0 && Marshal.GetLastPInvokeError() == Libc.NoChild)
            {
                return Say.Trouble("the program is gone, and the system does not say how it ended.", AgentProblems.ExitCode);
            }
        }
    }

    private void Pass(int signal)
    {
        lock (_gate)
        {
            if (Signals.EndPrograms(signal))
            {
                _askedToEndBy = signal;
            }

            if (_child != 0)
            {
                _ = Libc.Kill(_child, signal);
            }
        }
    }

    /// <summary>
    /// Asks what is left to end, and waits for it: a server behind a shell line such as <c>cd app &amp;&amp; server</c>
    /// hears of the end only here.
    /// </summary>
    private void EndLeftovers()
    {
        // Elsewhere "everybody" would be everybody on the machine.
        if (Environment.ProcessId != 1)
        {
            return;
        }

        _ = Libc.Kill(Libc.Everybody, Signals.Terminate);

        // Whoever asked us to end has a limit of their own and ends us after it.
        using var limit = _askedToEndBy != 0
            ? null
            : new Timer(_ => Libc.Kill(Libc.Everybody, Signals.Kill), state: null, GraceForLeftovers, Timeout.InfiniteTimeSpan);

        while (Libc.WaitPid(Libc.Everybody, out _, options: 0) > 0 || Marshal.GetLastPInvokeError() == Libc.Interrupted)
        {
        }
    }
}
