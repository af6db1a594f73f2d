using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Nua.Api;
using Nua.Gateway.Acme;
using Nua.Gateway.Admin;

namespace Nua.Gateway.Issuing;

/// <summary>Dealings with one certificate authority: an account that is opened when it is first needed, and what is asked of it.</summary>
internal sealed class AuthorityDealings : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UsualAdvice = TimeSpan.FromHours(6);

    private readonly HttpClient _http;
    private readonly AcmeConnection _connection;
    private readonly AuthorityEntry _entry;
    private readonly IssuingState _state;
    private readonly CertificateOrder _orders;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _opening = new(1);
    private AcmeAccount? _account;

    public AuthorityDealings(AuthorityEntry entry, IssuingState state, CertificateOrder orders, TimeProvider clock)
    {
        (_entry, _state, _orders, _clock) = (entry, state, orders, clock);
        _http = new HttpClient(HandlerFor(entry.Trust)) { Timeout = Patience };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"nua-gateway/{AdminEndpoints.Version.Split('+')[0]}");
        _connection = new AcmeConnection(_http, entry.Directory, clock);
    }

    public string Name => _entry.Name;

    /// <exception cref="AcmeRefusal">The authority said no, or nothing.</exception>
    public async Task<string> ObtainAsync(string host, X509Certificate2? replaces, CancellationToken cancellation)
    {
        var account = await AccountAsync(cancellation);
        try
        {
            return await _orders.ObtainAsync(account, host, replaces, cancellation);
        }
        catch (AcmeRefusal refusal) when (refusal.Is(AcmeProblem.AccountMissing))
        {
            // The authority lost it, or it was closed: the same key opens another.
            Interlocked.CompareExchange(ref _account, null, account);
            return await _orders.ObtainAsync(await AccountAsync(cancellation), host, replaces, cancellation);
        }
    }

    /// <summary>The names that the authority goes by in CAA records; nothing: it does not say.</summary>
    /// <exception cref="AcmeRefusal">It does not answer.</exception>
    public async Task<IReadOnlyList<string>> IdentitiesAsync(CancellationToken cancellation) =>
        (await _connection.DirectoryAsync(cancellation)).Meta?.CaaIdentities ?? [];

    /// <exception cref="AcmeRefusal">The authority said no, or nothing.</exception>
    public async Task RevokeAsync(Condemned condemned, CancellationToken cancellation) =>
        await (await AccountAsync(cancellation)).RevokeAsync(Convert.FromBase64String(condemned.Certificate), condemned.Reason, cancellation);

    /// <summary>Gives the account another key; answers with what the authority calls the account.</summary>
    /// <exception cref="AcmeRefusal">The authority said no, or nothing.</exception>
    public async Task<Uri> RollOverAsync(CancellationToken cancellation)
    {
        var account = await AccountAsync(cancellation);
        try
        {
            await account.RollOverAsync(_state.MakeNextKey(Name), cancellation);
            _state.TakeNextKey(Name);
            return account.Address;
        }
        catch
        {
            // Which of both keys it has now is found out before anything else is asked of it.
            Interlocked.CompareExchange(ref _account, null, account);
            throw;
        }
    }

    /// <summary>When the authority wants the certificate renewed, and when to ask again (RFC 9773, section 4.3).</summary>
    /// <exception cref="AcmeRefusal">It said no, or nothing.</exception>
    public async Task<(RenewalWindow? Window, TimeSpan AskAgain)> AdviceAsync(X509Certificate2 certificate, CancellationToken cancellation)
    {
        var directory = await _connection.DirectoryAsync(cancellation);
        if (directory.RenewalInfo is not { } place || Renewal.IdOf(certificate) is not { } id)
        {
            return (null, UsualAdvice);
        }

        var answer = await _connection.GetAsync(new Uri($"{place.ToString().TrimEnd('/')}/{id}"), cancellation);
        return (AcmeConnection.Read(answer, AcmeJson.Default.RenewalInfo).SuggestedWindow, answer.RetryAfter ?? UsualAdvice);
    }

    public void Dispose()
    {
        _http.Dispose();
        _opening.Dispose();
    }

    private async Task<AcmeAccount> AccountAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            return _account ??= await RolledOverAsync(cancellation) ?? await AcmeAccount.OpenAsync(
                _connection, _state.KeyFor(_entry.Name), _entry.Contact, _entry.ExternalAccount, _clock, cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The account with the key that it was about to have when nobody heard what the authority said to it.</summary>
    private async Task<AcmeAccount?> RolledOverAsync(CancellationToken cancellation)
    {
        if (_state.NextKey(Name) is not { } next)
        {
            return null;
        }

        var account = await AcmeAccount.FindAsync(_connection, next, _clock, cancellation);
        if (account is null)
        {
            _state.DropNextKey(Name);
        }
        else
        {
            _state.TakeNextKey(Name);
        }

        return account;
    }

    private static SocketsHttpHandler HandlerFor(string? trust)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10) };
        if (trust is not null)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(trust);
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return handler;
    }
}
