using Nua.Gateway.Acme;
using Nua.Gateway.Certificates;

namespace Nua.Gateway.Issuing;

/// <summary>What is done for one name: its authority is asked when to renew, and authorities for a certificate.</summary>
internal sealed class NameCare(IssuingState state, CertificateStore certificates, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan LongestOrder = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterNoAdvice = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterNoRevocation = TimeSpan.FromHours(1);

    public NameStanding StandingOf(string host) => new(state.Of(host), certificates.GivenTo(host));

    /// <summary>Asks the authority that gave the certificate when it wants it renewed, if it is time to.</summary>
    public async Task AskAdviceAsync(string host, AuthorityRing ring, CancellationToken cancellation)
    {
        var (standing, now) = (StandingOf(host), clock.GetUtcNow());
        var record = standing.Record;
        var giver = ring.Authorities.FirstOrDefault(authority => authority.Name == record.Authority);
        if (giver is null || standing.Given is null || standing.AskAt > now)
        {
            return;
        }

        try
        {
            var (window, again) = await giver.AdviceAsync(standing.Given, cancellation);
            state.Keep(record with { Advice = window, AskAt = now + again });
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What it said before still holds; without a word, a third of the life is kept in hand.
            state.Keep(record with { AskAt = now + AfterNoAdvice });
            log.NoAdvice(host, giver.Name, failure.Message);
        }
    }

    /// <summary>Asks one authority after the other; what comes of it stands in the name's record.</summary>
    public async Task ObtainAsync(string host, AuthorityRing ring, CancellationToken cancellation)
    {
        var standing = StandingOf(host);
        var refusals = new Refusals();
        if (await IsReadyAsync(host, ring, refusals, cancellation))
        {
            foreach (var authority in ring.Authorities)
            {
                if (await TryAsync(standing, authority, ring.Preflight, refusals, cancellation))
                {
                    return;
                }
            }
        }

        state.Keep(standing.Record.Refused(refusals.Text, refusals.Wait, clock.GetUtcNow()));
        log.CertificateNotObtained(host, refusals.Text);
    }

    /// <summary>Replaces a certificate, then has it revoked. From now on not even a restart forgets it.</summary>
    /// <returns>Why it was not revoked; <see langword="null"/>: it was, or it has no successor yet.</returns>
    public async Task<string?> RevokeAsync(string host, Condemned condemned, AuthorityRing ring, CancellationToken cancellation)
    {
        var record = state.Of(host);
        state.Keep(record with
        {
            Condemned = [.. record.Condemned.Where(other => other.Serial != condemned.Serial), condemned],
            RevokeAt = clock.GetUtcNow(),
        });
        if (StandingOf(host).RevokeAt is null)
        {
            await ObtainAsync(host, ring, cancellation);
        }

        return await RevokeAsync(host, ring, cancellation);
    }

    /// <summary>Has revoked what is to be and what visitors are not shown any more.</summary>
    /// <returns>Why it was not; <see langword="null"/>: it was.</returns>
    public async Task<string?> RevokeAsync(string host, AuthorityRing ring, CancellationToken cancellation)
    {
        while (StandingOf(host) is { RevokeAt: not null, Record: var record })
        {
            var first = record.Condemned[0];
            try
            {
                var giver = ring.Authorities.FirstOrDefault(authority => authority.Name == first.Authority)
                    ?? throw AcmeRefusal.Outage($"nua.toml has no authority '{first.Authority}' any more");
                await giver.RevokeAsync(first, cancellation);
                state.Keep(record with { Condemned = [.. record.Condemned.Skip(1)] });
                log.CertificateRevoked(host, first.Authority, first.Serial);
            }
            catch (AcmeRefusal refusal)
            {
                state.Keep(record with { RevokeAt = clock.GetUtcNow() + AfterNoRevocation });
                log.NotRevoked(host, first.Authority, first.Serial, refusal.Message);
                return refusal.Message;
            }
        }

        return null;
    }

    /// <summary>What no authority need be asked about, for all of them would find the same.</summary>
    private static async Task<bool> IsReadyAsync(string host, AuthorityRing ring, Refusals refusals, CancellationToken cancellation)
    {
        try
        {
            await (ring.Preflight?.CheckAsync(host, cancellation) ?? Task.CompletedTask);
            return true;
        }
        catch (UnprovenException unproven)
        {
            refusals.Add("nobody was asked", unproven.Message);
            return false;
        }
    }

    private async Task<bool> TryAsync(
        NameStanding standing, AuthorityDealings authority, Preflight? preflight, Refusals refusals, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(LongestOrder);
        var (record, host) = (standing.Record, standing.Record.Host);
        try
        {
            if (preflight is not null)
            {
                await preflight.CheckPolicyAsync(host, await authority.IdentitiesAsync(limited.Token), limited.Token);
            }

            var pem = await authority.ObtainAsync(host, authority.Name == record.Authority ? standing.Given : null, limited.Token);
            var fresh = certificates.Install(host, pem);
            state.Keep(record.Obtained(authority.Name, clock.GetUtcNow()));
            log.CertificateObtained(host, authority.Name, fresh.NotAfter);
            return true;
        }
        catch (AcmeRefusal refusal)
        {
            refusals.Add(authority.Name, refusal.Message, refusal.RetryAfter);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            refusals.Add(authority.Name, $"it did not come to an end within {LongestOrder.TotalMinutes:0} minutes");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever it is, a full disk or nonsense from the authority: the next one is asked, and this one not at once again.
            refusals.Add(authority.Name, failure.Message);
        }

        return false;
    }

    /// <summary>Why each authority gave none, and for how long the most patient one wants to be left alone.</summary>
    private sealed class Refusals
    {
        private readonly List<string> _reasons = [];

        public TimeSpan? Wait { get; private set; }

        public string Text => string.Join("; ", _reasons);

        public void Add(string authority, string reason, TimeSpan? wait = null)
        {
            _reasons.Add($"{authority}: {reason}");
            Wait = wait > Wait ? wait : Wait ?? wait;
        }
    }
}
