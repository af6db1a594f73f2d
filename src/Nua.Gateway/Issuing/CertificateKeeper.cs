using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nua.Api;
using Nua.Gateway.Acme;
using Nua.Gateway.Certificates;
using Nua.Gateway.Routing;

namespace Nua.Gateway.Issuing;

/// <summary>
/// Sees that every public name has a certificate of an authority that visitors trust, long before the last one ends. Names are looked
/// after one by one: what goes wrong with one delays no other.
/// </summary>
internal sealed class CertificateKeeper : IAsyncDisposable
{
    /// <summary>So many names at once: authorities bear a few orders a second.</summary>
    private const int AtOnce = 8;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestOrder = TimeSpan.FromMinutes(5);

    private readonly IssuingState _state;
    private readonly CertificateStore _certificates;
    private readonly RoutingTable _table;
    private readonly CertificateOrder _orders;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly SemaphoreSlim _woken = new(0, 1);
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private IReadOnlyList<AuthorityDealings> _authorities;
    private Task _work = Task.CompletedTask;

    public CertificateKeeper(
        IssuingState state, CertificateStore certificates, RoutingTable table, CertificateOrder orders, TimeProvider clock, ILogger<CertificateKeeper> log)
    {
        (_state, _certificates, _table, _orders, _clock, _log) = (state, certificates, table, orders, clock, log);
        _authorities = Deal(state.Settings);
    }

    public void Start()
    {
        _table.TellChanges(Wake);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Other authorities from now on.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Apply(CertificateSettings settings)
    {
        _state.Keep(settings);
        // What is under way ends with those it began with.
        Volatile.Write(ref _authorities, Deal(settings));
        Wake();
    }

    /// <summary>Every public name, and how it stands with its certificate.</summary>
    public IReadOnlyList<CertificateView> Report() =>
    [
        .. Names().Order(StringComparer.Ordinal).Select(host =>
        {
            var (record, given) = (_state.Of(host), _certificates.GivenTo(host));
            return new CertificateView(
                host,
                given is null ? null : new DateTimeOffset(given.NotAfter),
                _authorities.Count == 0 ? null : DueAt(record, given),
                record.Authority,
                record.Failures,
                record.Problem);
        }),
    ];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        await Task.WhenAll(_underWay.Values);
        _end.Dispose();
    }

    private IReadOnlyList<AuthorityDealings> Deal(CertificateSettings settings) =>
        [.. settings.Authorities.Select(entry => new AuthorityDealings(entry, _state, _orders, _clock))];

    private void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    private async Task WorkAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var host in Names())
            {
                LookAfter(host);
            }

            await PauseAsync();
        }
    }

    /// <summary>Until something changed, or a while is over.</summary>
    private async Task PauseAsync()
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var woken = _woken.WaitAsync(pause.Token);
        await Task.WhenAny(woken, Task.Delay(BetweenLooks, _clock, pause.Token));
        await pause.CancelAsync();
        await ((Task)woken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private IEnumerable<string> Names() => _table.SecureHosts().Where(host => !LocalNames.Cover(host));

    private void LookAfter(string host)
    {
        if (_authorities.Count == 0 || _underWay.ContainsKey(host))
        {
            return;
        }

        var (record, given, now) = (_state.Of(host), _certificates.GivenTo(host), _clock.GetUtcNow());
        if (DueAt(record, given) <= now || (given is not null && record.AskAt <= now))
        {
            _underWay[host] = Task.Run(async () =>
            {
                await LookAfterAsync(host);
                _underWay.TryRemove(host, out _);
            });
        }
    }

    private async Task LookAfterAsync(string host)
    {
        await _places.WaitAsync(CancellationToken.None);
        try
        {
            await AskAdviceAsync(host);
            if (DueAt(_state.Of(host), _certificates.GivenTo(host)) <= _clock.GetUtcNow())
            {
                await ObtainAsync(host);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The next start goes on.
        }
        catch (Exception failure)
        {
            // A disk that is full, or a bug: the name is tried again, and no other waits for it.
            _log.CertificateNotObtained(host, failure.Message);
        }
        finally
        {
            _places.Release();
        }
    }

    private static DateTimeOffset DueAt(NameRecord record, X509Certificate2? given)
    {
        var due = given is null ? DateTimeOffset.MinValue : Renewal.At(given, record.Advice, ShareOf(given));
        return due > record.NextTry ? due : record.NextTry;
    }

    /// <summary>Where in a window, from 0 to 1: by chance, and the same at each look.</summary>
    private static double ShareOf(X509Certificate2 certificate) =>
        BitConverter.ToUInt32(SHA256.HashData(certificate.SerialNumberBytes.Span)) / (double)uint.MaxValue;

    private async Task AskAdviceAsync(string host)
    {
        var (record, given, now) = (_state.Of(host), _certificates.GivenTo(host), _clock.GetUtcNow());
        var giver = _authorities.FirstOrDefault(authority => authority.Name == record.Authority);
        if (given is null || giver is null || record.AskAt > now)
        {
            return;
        }

        try
        {
            var (window, again) = await giver.AdviceAsync(given, _end.Token);
            _state.Keep(record with { Advice = window, AskAt = now + again });
        }
        catch (AcmeRefusal refusal)
        {
            // What it said before still holds; without a word, a third of the life is kept in hand.
            _state.Keep(record with { AskAt = now + TimeSpan.FromHours(1) });
            _log.NoAdvice(host, giver.Name, refusal.Message);
        }
    }

    private async Task ObtainAsync(string host)
    {
        var (record, given) = (_state.Of(host), _certificates.GivenTo(host));
        var (reasons, wait) = (new List<string>(), (TimeSpan?)null);
        foreach (var authority in _authorities)
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            limited.CancelAfter(LongestOrder);
            try
            {
                var pem = await authority.ObtainAsync(host, authority.Name == record.Authority ? given : null, limited.Token);
                var fresh = _certificates.Install(host, pem);
                _state.Keep(record.Given(authority.Name, _clock.GetUtcNow()));
                _log.CertificateObtained(host, authority.Name, fresh.NotAfter);
                return;
            }
            catch (AcmeRefusal refusal)
            {
                reasons.Add($"{authority.Name}: {refusal.Message}");
                wait = refusal.RetryAfter > wait ? refusal.RetryAfter : wait ?? refusal.RetryAfter;
            }
            catch (OperationCanceledException) when (!_end.IsCancellationRequested)
            {
                reasons.Add($"{authority.Name}: it did not come to an end within {LongestOrder.TotalMinutes:0} minutes");
            }
            catch (CryptographicException unusable)
            {
                reasons.Add($"{authority.Name}: {unusable.Message}");
            }
        }

        var reason = string.Join("; ", reasons);
        _state.Keep(record.Refused(reason, wait, _clock.GetUtcNow()));
        _log.CertificateNotObtained(host, reason);
    }
}
