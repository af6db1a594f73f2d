using System.Security.Cryptography;
using System.Text;
using Nua.Gateway.Acme;

namespace Nua.Gateway.Issuing.Dns;

/// <summary>Answers in the DNS (RFC 8555, section 8.4): the one way to show that a wildcard is one's own.</summary>
internal sealed class DnsChallenges(IDnsZone zone, DnsView view, TimeSpan patience, TimeProvider clock, ILogger log) : IChallengeResponder
{
    /// <summary>What ACME calls it.</summary>
    public const string Name = "dns-01";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    public string Type => Name;

    public async Task PresentAsync(ChallengeAnswer answer, CancellationToken cancellation)
    {
        var record = RecordOf(answer);
        await zone.PublishAsync(record, cancellation);
        try
        {
            await SeeAsync(record, cancellation);
        }
        catch
        {
            await WithdrawAsync(answer);
            throw;
        }
    }

    public async Task WithdrawAsync(ChallengeAnswer answer)
    {
        try
        {
            await zone.WithdrawAsync(RecordOf(answer), CancellationToken.None);
        }
        catch (UnprovenException failure)
        {
            // It does no harm, and takes nothing from what was proven.
            log.AnswerLeft(answer.Host, failure.Message);
        }
    }

    private static TextRecord RecordOf(ChallengeAnswer answer) =>
        new($"_acme-challenge.{answer.Host}", Base64Url.Of(SHA256.HashData(Encoding.ASCII.GetBytes(answer.Text))));

    /// <summary>An authority that looks too early remembers for a while that there was nothing.</summary>
    private async Task SeeAsync(TextRecord record, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + patience;
        while (!await view.ShowsAsync(record, cancellation))
        {
            if (clock.GetUtcNow() >= until)
            {
                throw new UnprovenException($"{record.Name} was published, but not seen within {patience.TotalSeconds:0} seconds");
            }

            await Task.Delay(BetweenLooks, clock, cancellation);
        }
    }
}
