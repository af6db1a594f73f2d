using System.Security.Cryptography.X509Certificates;
using Nua.Api;
using Nua.Gateway.Acme;

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

    private readonly IssuingState _state;
    private readonly PublicNames _names;
    private readonly NameCare _care;
    private readonly Func<CertificateSettings, AuthorityRing> _makeRing;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly SemaphoreSlim _rollingOver = new(1);
    private readonly Bell _bell = new();
    private readonly Turns _turns = new();
    private readonly CancellationTokenSource _end = new();
    private AuthorityRing _ring;
    private Task _work = Task.CompletedTask;

    public CertificateKeeper(
        IssuingState state,
        PublicNames names,
        NameCare care,
        Func<CertificateSettings, AuthorityRing> makeRing,
        TimeProvider clock,
        ILogger<CertificateKeeper> log)
    {
        (_state, _names, _care, _makeRing, _clock, _log) = (state, names, care, makeRing, clock, log);
        _ring = makeRing(state.Settings);
    }

    /// <summary>Whom it asks.</summary>
    public CertificateSettings Settings => _state.Settings;

    public void Start() => _work = Task.Run(WorkAsync);

    /// <summary>There may be other names, or other certificates.</summary>
    public void Wake() => _bell.Ring();

    /// <summary>Other authorities from now on.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Apply(CertificateSettings settings)
    {
        _state.Keep(settings);
        // What is under way ends with those it began with.
        Interlocked.Exchange(ref _ring, _makeRing(settings)).Release();
        _bell.Ring();
    }

    /// <summary>Asks for the certificate of a name now, however long the name should have waited since the last refusal.</summary>
    /// <param name="host">The name, or one below a wildcard.</param>
    /// <param name="force">Whether also one is replaced that is good for long.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="GatewayException">
    /// <c>gateway.not-asked</c>, <c>gateway.no-authority</c>, <c>gateway.not-due</c>, <c>gateway.not-obtained</c>
    /// </exception>
    public async Task RenewAsync(string host, bool force, CancellationToken cancellation)
    {
        var name = CheckAsked(host);
        var before = _care.StandingOf(name);
        if (!force && before.WantedAt > _clock.GetUtcNow())
        {
            throw GatewayProblems.NotDue(name, before.Given!.NotAfter, before.WantedAt);
        }

        await TakeTurnAsync(name, ring => _care.ObtainAsync(name, ring, _end.Token)).WaitAsync(cancellation);
        CheckReplaced(name, before.Given);
    }

    /// <summary>
    /// Replaces the certificate of a name and then has it revoked, in that order: no visitor meets one that is revoked. What does not
    /// succeed now is tried again, also after a restart.
    /// </summary>
    /// <exception cref="GatewayException">
    /// <c>gateway.nothing-to-revoke</c>, <c>gateway.not-obtained</c>, <c>gateway.not-revoked</c>, and as for a renewal.
    /// </exception>
    public async Task RevokeAsync(string host, string reason, CancellationToken cancellation)
    {
        var name = CheckAsked(host);
        var standing = _care.StandingOf(name);
        if (standing is not { Given: { } given, Record.Authority: { } authority })
        {
            throw GatewayProblems.NothingToRevoke(name);
        }

        var condemned = Condemned.Of(given, authority, reason);
        string? problem = null;
        await TakeTurnAsync(name, async ring => problem = await _care.RevokeAsync(name, condemned, ring, _end.Token)).WaitAsync(cancellation);
        CheckReplaced(name, given);
        if (problem is not null)
        {
            throw GatewayProblems.NotRevoked(name, problem);
        }
    }

    /// <summary>Gives the accounts with authorities new keys, while nothing else is under way with any.</summary>
    /// <exception cref="GatewayException"><c>gateway.no-such-authority</c>, <c>gateway.not-rolled-over</c></exception>
    public async Task<AccountList> RollOverAsync(string? authority, CancellationToken cancellation)
    {
        // Two who each took half of the places would wait for each other.
        await _rollingOver.WaitAsync(cancellation);
        var taken = 0;
        var ring = HoldRing();
        try
        {
            for (; taken < AtOnce; taken++)
            {
                await _places.WaitAsync(cancellation);
            }

            var chosen = ring.Authorities.Where(one => authority is null || one.Name == authority).ToList();
            return chosen.Count > 0
                ? new AccountList([.. await Task.WhenAll(chosen.Select(one => RollOverAsync(one, cancellation)))])
                : throw GatewayProblems.NoSuchAuthority(authority);
        }
        finally
        {
            ring.Release();
            if (taken > 0)
            {
                _places.Release(taken);
            }

            _rollingOver.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        await _turns.WhenAllAreOverAsync();
        _end.Dispose();
    }

    private static async Task<AccountView> RollOverAsync(AuthorityDealings authority, CancellationToken cancellation)
    {
        try
        {
            return new AccountView(authority.Name, (await authority.RollOverAsync(cancellation)).ToString());
        }
        catch (AcmeRefusal refusal)
        {
            throw GatewayProblems.NotRolledOver(authority.Name, refusal.Message);
        }
    }

    private void CheckReplaced(string name, X509Certificate2? old)
    {
        var standing = _care.StandingOf(name);
        if (standing.Given is null || standing.Given.SerialNumber == old?.SerialNumber)
        {
            throw GatewayProblems.NotObtained(name, standing.Record.Problem ?? "it was ended");
        }
    }

    private string CheckAsked(string host)
    {
        var name = PublicNames.AskedFor(host, Settings);
        if (!_names.Asked(Settings).Contains(name))
        {
            throw GatewayProblems.NotAsked(host);
        }

        return Settings.Authorities.Count > 0 ? name : throw GatewayProblems.NoAuthority(host);
    }

    private async Task WorkAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var name in _names.Asked(Settings))
            {
                LookAfter(name);
            }

            await _bell.WaitAsync(BetweenLooks, _clock, _end.Token);
        }
    }

    private void LookAfter(string name)
    {
        try
        {
            if (IsWaiting(name))
            {
                _ = TakeTurnAsync(name, ring => LookAfterAsync(name, ring));
            }
        }
        catch (Exception failure)
        {
            // A file that cannot be read: the other names are looked after all the same.
            _log.CertificateNotObtained(name, failure.Message);
        }
    }

    private bool IsWaiting(string name)
    {
        var (standing, now) = (_care.StandingOf(name), _clock.GetUtcNow());
        return Settings.Authorities.Count > 0
            && !_turns.AreTaken(name)
            && (standing.DueAt <= now || standing.AskAt <= now || standing.RevokeAt <= now);
    }

    private async Task LookAfterAsync(string name, AuthorityRing ring)
    {
        await _care.AskAdviceAsync(name, ring, _end.Token);
        if (_care.StandingOf(name).DueAt <= _clock.GetUtcNow())
        {
            await _care.ObtainAsync(name, ring, _end.Token);
            await _care.AskAdviceAsync(name, ring, _end.Token);
        }

        if (_care.StandingOf(name).RevokeAt <= _clock.GetUtcNow())
        {
            await _care.RevokeAsync(name, ring, _end.Token);
        }
    }

    private Task TakeTurnAsync(string name, Func<AuthorityRing, Task> work) => _turns.TakeAsync(name, () => GuardAsync(name, work));

    private async Task GuardAsync(string name, Func<AuthorityRing, Task> work)
    {
        await _places.WaitAsync(CancellationToken.None);
        var ring = HoldRing();
        try
        {
            await work(ring);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The next start goes on.
        }
        catch (Exception failure)
        {
            // A disk that is full, or a bug: the name is tried again, and no other waits for it.
            _log.CertificateNotObtained(name, failure.Message);
        }
        finally
        {
            ring.Release();
            _places.Release();
        }
    }

    private AuthorityRing HoldRing()
    {
        while (true)
        {
            var ring = Volatile.Read(ref _ring);
            if (ring.TryHold())
            {
                return ring;
            }
        }
    }
}
