using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Nua.Api;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Server.Views;

/// <summary>Reads the logs of several workloads as one: first what is there, in the order of time, then what comes.</summary>
internal sealed class LogDesk(IRuntimeDriver runtime, TimeProvider clock)
{
    /// <summary>The lines that were asked for, of all the workloads.</summary>
    public async IAsyncEnumerable<LogLineView> ReadAsync(
        IReadOnlyList<WorkloadPlan> workloads, LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // What is older and was not shown was not asked for.
        var now = clock.GetUtcNow();
        var newest = request.Tail is 0 ? now : request.Since ?? now;
        var sources = workloads.Select(workload => new Source(runtime, workload)).ToList();
        await foreach (var line in HistoryAsync(sources, request with { Follow = false }, cancellation))
        {
            yield return line;
        }

        if (request.Follow)
        {
            await foreach (var line in NewsAsync(sources, newest, cancellation))
            {
                yield return line;
            }
        }
    }

    /// <summary>Always the oldest of the lines that are next in their logs, so that no log need be held in memory.</summary>
    private static async IAsyncEnumerable<LogLineView> HistoryAsync(
        List<Source> sources, LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var open = new List<(Source Source, IAsyncEnumerator<LogLine> Lines)>();
        try
        {
            foreach (var source in sources)
            {
                open.Add((source, source.Read(request, cancellation)));
            }

            foreach (var one in open.ToList())
            {
                await AdvanceAsync(open, one);
            }

            while (open.Count > 0)
            {
                var oldest = open.MinBy(one => one.Lines.Current.At);
                yield return oldest.Source.Show(oldest.Lines.Current);
                await AdvanceAsync(open, oldest);
            }
        }
        finally
        {
            foreach (var (_, lines) in open)
            {
                await lines.DisposeAsync();
            }
        }
    }

    private static async Task AdvanceAsync(
        List<(Source Source, IAsyncEnumerator<LogLine> Lines)> open, (Source Source, IAsyncEnumerator<LogLine> Lines) one)
    {
        if (!await one.Lines.MoveNextAsync())
        {
            open.Remove(one);
            await one.Lines.DisposeAsync();
        }
    }

    private static async IAsyncEnumerable<LogLineView> NewsAsync(
        List<Source> sources, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var news = Channel.CreateBounded<LogLineView>(1000);
        var reading = Task.WhenAll(sources.Select(source => source.FollowAsync(news.Writer, since, cancellation)));
        _ = reading.ContinueWith(
            ended => news.Writer.TryComplete(ended.Exception?.InnerException), CancellationToken.None,
            TaskContinuationOptions.None, TaskScheduler.Default);
        await foreach (var line in news.Reader.ReadAllAsync(cancellation))
        {
            yield return line;
        }
    }

    /// <summary>One workload's log, and how far it was shown.</summary>
    private sealed class Source(IRuntimeDriver runtime, WorkloadPlan workload)
    {
        private DateTimeOffset? _lastAt;
        private int _shownAtLast;

        /// <summary>What it wrote so far.</summary>
        public IAsyncEnumerator<LogLine> Read(LogRequest request, CancellationToken cancellation) =>
            runtime.ReadLogAsync(new WorkloadId(workload.Name), request, cancellation).GetAsyncEnumerator(cancellation);

        /// <summary>The line as it travels; it counts as shown.</summary>
        public LogLineView Show(LogLine line)
        {
            _shownAtLast = line.At == _lastAt ? _shownAtLast + 1 : 1;
            _lastAt = line.At;
            return new LogLineView(line.At, workload.Role, line.IsError ? "err" : "out", line.Text);
        }

        /// <summary>
        /// Goes on where <see cref="Show"/> stopped: the lines of that very moment were shown. When it showed none, with what came <paramref name="since"/>.
        /// </summary>
        public async Task FollowAsync(ChannelWriter<LogLineView> news, DateTimeOffset since, CancellationToken cancellation)
        {
            var (moment, shown) = (_lastAt, _shownAtLast);
            var request = new LogRequest(Follow: true, Since: moment ?? since);
            await foreach (var line in runtime.ReadLogAsync(new WorkloadId(workload.Name), request, cancellation))
            {
                if (line.At == moment && shown-- > 0)
                {
                    continue;
                }

                await news.WriteAsync(Show(line), cancellation);
            }
        }
    }
}
