using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nua.Api;

namespace Nua.Gateway.Acme;

/// <summary>An account with a certificate authority, and what one can do with it (RFC 8555, section 7).</summary>
internal sealed class AcmeAccount
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(30);

    private readonly AcmeConnection _authority;
    private readonly TimeProvider _clock;
    private AccountKey _key;

    private AcmeAccount(AcmeConnection authority, AccountKey key, Uri address, TimeProvider clock)
    {
        (_authority, _key, _clock) = (authority, key, clock);
        Address = address;
    }

    /// <summary>What the authority calls it.</summary>
    public Uri Address { get; }

    /// <summary>Has an account with that key: the one there is, or a new one (RFC 8555, section 7.3).</summary>
    /// <param name="authority">With whom.</param>
    /// <param name="key">The account's.</param>
    /// <param name="contact">A mail address for warnings; <see langword="null"/>: none.</param>
    /// <param name="customer">Who vouches for it; needed where the authority says so.</param>
    /// <param name="clock">Waits.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AcmeRefusal">The authority said no, or nothing.</exception>
    public static async Task<AcmeAccount> OpenAsync(
        AcmeConnection authority, AccountKey key, string? contact, ExternalAccountEntry? customer, TimeProvider clock, CancellationToken cancellation)
    {
        var place = (await authority.DirectoryAsync(cancellation)).NewAccount;
        return await EnterAsync(
            authority,
            key,
            new AccountRequest(TermsOfServiceAgreed: true)
            {
                Contact = contact is null ? null : [$"mailto:{contact}"],
                ExternalAccountBinding = customer is null ? null : SignedMessage.Binding(customer, key, place),
            },
            clock,
            cancellation);
    }

    /// <summary>The account that has that key; <see langword="null"/>: none has.</summary>
    /// <exception cref="AcmeRefusal">The authority said something else, or nothing.</exception>
    public static async Task<AcmeAccount?> FindAsync(AcmeConnection authority, AccountKey key, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            return await EnterAsync(authority, key, new AccountRequest(TermsOfServiceAgreed: true) { OnlyReturnExisting = true }, clock, cancellation);
        }
        catch (AcmeRefusal refusal) when (refusal.Is(AcmeProblem.AccountMissing))
        {
            return null;
        }
    }

    private static async Task<AcmeAccount> EnterAsync(
        AcmeConnection authority, AccountKey key, AccountRequest request, TimeProvider clock, CancellationToken cancellation)
    {
        var place = (await authority.DirectoryAsync(cancellation)).NewAccount;
        var answer = await authority.PostAsync(
            place, key, account: null, JsonSerializer.Serialize(request, AcmeJson.Default.AccountRequest), cancellation);
        var address = answer.Location ?? throw AcmeRefusal.Outage($"{place} does not say where the account is.");
        return new AcmeAccount(authority, key, address, clock);
    }

    /// <summary>Gives the account another key (section 7.3.5): both sign that it is so.</summary>
    /// <exception cref="AcmeRefusal">The authority said no, or nothing: it may have done it all the same.</exception>
    public async Task RollOverAsync(AccountKey next, CancellationToken cancellation)
    {
        var place = (await _authority.DirectoryAsync(cancellation)).KeyChange ?? throw AcmeRefusal.Outage("The authority knows no change of keys.");
        var change = JsonSerializer.Serialize(new KeyChangeRequest(Address.ToString(), _key.Public), AcmeJson.Default.KeyChangeRequest);
        var inner = SignedMessage.By(next, account: null, place, nonce: null, change);
        await PostAsync(place, JsonSerializer.Serialize(inner, AcmeJson.Default.SignedMessage), cancellation);
        _key = next;
    }

    /// <summary>Has a certificate revoked (section 7.6); one that is already is as good.</summary>
    /// <param name="certificate">DER.</param>
    /// <param name="reason">RFC 5280, section 5.3.1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AcmeRefusal">The authority said no, or nothing.</exception>
    public async Task RevokeAsync(byte[] certificate, int reason, CancellationToken cancellation)
    {
        var place = (await _authority.DirectoryAsync(cancellation)).RevokeCert ?? throw AcmeRefusal.Outage("The authority revokes nothing.");
        var request = JsonSerializer.Serialize(new RevocationRequest(Base64Url.Of(certificate), reason), AcmeJson.Default.RevocationRequest);
        try
        {
            await PostAsync(place, request, cancellation);
        }
        catch (AcmeRefusal refusal) when (refusal.Is(AcmeProblem.AlreadyRevoked))
        {
            // By somebody else, or by this gateway before it was killed.
        }
    }

    /// <summary>Asks for a certificate (section 7.4).</summary>
    /// <param name="names">The names, a wildcard as <c>*.example.org</c>.</param>
    /// <param name="replaces">The certificate it takes the place of, as <see cref="Renewal.IdOf"/> writes it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What has to be shown, and where the order is.</returns>
    /// <exception cref="AcmeRefusal">The authority said no, or nothing.</exception>
    public async Task<PlacedOrder> OrderAsync(IReadOnlyList<string> names, string? replaces, CancellationToken cancellation)
    {
        var directory = await _authority.DirectoryAsync(cancellation);
        // Who does not know the member may refuse it.
        var known = directory.RenewalInfo is null ? null : replaces;
        try
        {
            return await PlaceAsync(directory, names, known, cancellation);
        }
        catch (AcmeRefusal refusal) when (known is not null && refusal.Problem.Type is not (null or AcmeProblem.RateLimited))
        {
            // Somebody renewed it already, perhaps this gateway before it was killed; or another account had it, whose key was lost.
            // What is replaced is courtesy: no name may go without a certificate for it.
            return await PlaceAsync(directory, names, replaces: null, cancellation);
        }
    }

    public async Task<AcmeAuthorization> AuthorizationAsync(Uri place, CancellationToken cancellation) =>
        AcmeConnection.Read(await PostAsync(place, "", cancellation), AcmeJson.Default.AcmeAuthorization);

    /// <summary>What has to be found where the challenge looks (section 8.1).</summary>
    public string AnswerTo(string token) => $"{token}.{_key.Thumbprint}";

    /// <summary>Says that the answer is in place, and waits until the authority has looked (section 7.5.1).</summary>
    /// <exception cref="AcmeRefusal">It did not find it, or the authority said nothing.</exception>
    public async Task ProveAsync(Uri authorization, AcmeChallenge challenge, CancellationToken cancellation)
    {
        await PostAsync(challenge.Url, "{}", cancellation);
        var proven = await WaitAsync(
            authorization, AcmeJson.Default.AcmeAuthorization, state => state.Status is "pending" or "processing", cancellation);
        if (proven.Status is not "valid")
        {
            throw new AcmeRefusal(
                proven.Challenges.FirstOrDefault(one => one.Error is not null)?.Error
                ?? new AcmeProblem("", $"The authority calls the authorization for {proven.Name} {proven.Status}."));
        }
    }

    /// <summary>Fetches what was ordered (section 7.4, "finalize", and section 7.4.2).</summary>
    /// <param name="order">All of its authorizations are proven.</param>
    /// <param name="request">PKCS #10, DER, for exactly its names.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The certificate and those that vouch for it, PEM, its own first.</returns>
    /// <exception cref="AcmeRefusal">The authority said no, or nothing.</exception>
    public async Task<string> FetchAsync(PlacedOrder order, byte[] request, CancellationToken cancellation)
    {
        var finalize = JsonSerializer.Serialize(new FinalizeRequest(Base64Url.Of(request)), AcmeJson.Default.FinalizeRequest);
        await PostAsync(order.Order.Finalize, finalize, cancellation);
        var done = await WaitAsync(order.Address, AcmeJson.Default.AcmeOrder, state => state.Status is "processing" or "ready", cancellation);
        return done is { Status: "valid", Certificate: { } place }
            ? (await PostAsync(place, "", cancellation)).Text
            : throw new AcmeRefusal(done.Error ?? new AcmeProblem("", $"The authority calls the order {done.Status}."));
    }

    private async Task<PlacedOrder> PlaceAsync(
        AcmeDirectory directory, IReadOnlyList<string> names, string? replaces, CancellationToken cancellation)
    {
        var request = new OrderRequest([.. names.Select(AcmeIdentifier.Dns)], replaces);
        var answer = await PostAsync(
            directory.NewOrder, JsonSerializer.Serialize(request, AcmeJson.Default.OrderRequest), cancellation);
        var address = answer.Location ?? throw AcmeRefusal.Outage($"{directory.NewOrder} does not say where the order is.");
        return new PlacedOrder(address, AcmeConnection.Read(answer, AcmeJson.Default.AcmeOrder));
    }

    /// <summary>Looks until it is done, as often as the authority wants.</summary>
    private async Task<T> WaitAsync<T>(
        Uri place, JsonTypeInfo<T> type, Func<T, bool> isUnderWay, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await PostAsync(place, "", cancellation);
            var state = AcmeConnection.Read(answer, type);
            if (!isUnderWay(state))
            {
                return state;
            }

            var wait = answer.RetryAfter ?? BetweenLooks;
            await Task.Delay(wait < LongestLook ? wait : LongestLook, _clock, cancellation);
        }
    }

    private Task<AcmeAnswer> PostAsync(Uri url, string payload, CancellationToken cancellation) =>
        _authority.PostAsync(url, _key, Address, payload, cancellation);
}

/// <summary>An order, and where the authority has it.</summary>
internal sealed record PlacedOrder(Uri Address, AcmeOrder Order);
