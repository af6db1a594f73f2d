using System.Collections.Concurrent;
using Nua.Api;
using Nua.Gateway.Issuing;
using Nua.Gateway.Routing;

namespace Nua.Gateway.Checking;

/// <summary>Looks every hour, and soon after a change, at what visitors of every name are shown, and remembers it.</summary>
internal sealed class ServedWatch(ServedCheck check, RoutingTable table, TimeProvider clock, ILogger<ServedWatch> log) : IAsyncDisposable
{
    private const int AtOnce = 8;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, ServedView> _seen = new(StringComparer.Ordinal);
    private readonly Bell _bell = new();
    private readonly CancellationTokenSource _end = new();
    private Task _work = Task.CompletedTask;

    public void Start() => _work = Task.Run(WorkAsync);

    /// <summary>Certificates are others than before.</summary>
    public void Wake() => _bell.Ring();

    /// <summary>What was seen last; <see langword="null"/>: nobody looked yet.</summary>
    public ServedView? Last(string host) => _seen.GetValueOrDefault(host);

    /// <summary>Looks now: at one name, or at all.</summary>
    /// <exception cref="GatewayException"><c>gateway.no-such-name</c></exception>
    public async Task<ServedList> CheckAsync(string? only, CancellationToken cancellation)
    {
        var hosts = table.SecureHosts().Where(host => only is null || host == only).Order(StringComparer.Ordinal).ToList();
        if (only is not null && hosts.Count == 0)
        {
            throw GatewayProblems.NoSuchName(only);
        }

        var seen = new ConcurrentBag<ServedView>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(hosts, limits, async (host, stop) => seen.Add(Remember(await check.LookAsync(host, stop))));
        return new ServedList([.. seen.OrderBy(view => view.Host, StringComparer.Ordinal)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private ServedView Remember(ServedView view)
    {
        if (view.Problem is { } problem && Last(view.Host)?.Problem != problem)
        {
            log.NotServedWell(view.Host, problem);
        }

        return _seen[view.Host] = view;
    }

    private async Task WorkAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await LookAroundAsync();
            await _bell.WaitAsync(BetweenLooks, clock, _end.Token);
        }
    }

    private async Task LookAroundAsync()
    {
        try
        {
            await CheckAsync(only: null, _end.Token);
            foreach (var gone in _seen.Keys.Except(table.SecureHosts()))
            {
                _seen.TryRemove(gone, out _);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A disk that is full, or a bug: the next look may succeed.
            log.Bug(failure);
        }
    }
}
