using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Nua.Gateway.Acme;
using Nua.Gateway.Issuing;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class AcmeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The example of RFC 9773, section 4.1: the leading zero of the serial number belongs to it.</summary>
    [Fact]
    public void A_certificate_is_called_by_its_issuers_key_and_its_number()
    {
        using var certificate = Make(
            Convert.FromHexString("69885B6B87464041E1B37B847BA0AE2CDE01C8D4"), Convert.FromHexString("0087654321"), days: 90);

        Assert.Equal("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE", Renewal.IdOf(certificate));
    }

    [Fact]
    public void Without_advice_a_third_of_the_life_is_kept_in_hand()
    {
        using var certificate = Make(days: 90);

        Assert.Equal(Now.AddDays(60), Renewal.At(certificate, window: null, share: 0.5));
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(0.5, 31)]
    [InlineData(1, 32)]
    public void An_advice_is_followed_at_a_moment_of_its_own(double share, int day)
    {
        using var certificate = Make(days: 90);

        Assert.Equal(Now.AddDays(day), Renewal.At(certificate, new RenewalWindow(Now.AddDays(30), Now.AddDays(32)), share));
    }

    [Fact]
    public void An_advice_that_would_let_it_lapse_is_not_followed()
    {
        using var certificate = Make(days: 90);

        Assert.Equal(Now.AddDays(60), Renewal.At(certificate, new RenewalWindow(Now.AddDays(89), Now.AddDays(99)), share: 0.9));
    }

    [Fact]
    public void Who_is_refused_waits_longer_each_time_and_never_less_than_the_authority_wants()
    {
        var record = new NameRecord("shop.example.org");
        var waits = new List<TimeSpan>();
        for (var time = 0; time < 8; time++)
        {
            record = record.Refused("no", wait: null, Now);
            waits.Add(record.NextTry - Now);
        }

        Assert.Equal([1, 5, 15, 60, 240, 720, 720, 720], waits.Select(wait => wait.TotalMinutes));
        Assert.Equal(Now.AddDays(2), record.Refused("no", TimeSpan.FromDays(2), Now).NextTry);
        Assert.Equal(0, record.Obtained("pebble", Now).Failures);
    }

    [Fact]
    public void What_is_to_be_revoked_is_replaced_first_and_remembered_until_then()
    {
        using var old = Make(serial: [1, 2, 3]);
        using var fresh = Make(serial: [4, 5, 6]);
        var record = new NameRecord("shop.example.org") { Condemned = [Condemned.Of(old, "pebble", "key-compromise")] };

        Assert.Equal((DateTimeOffset.MinValue, null), (new NameStanding(record, old).WantedAt, new NameStanding(record, old).RevokeAt));
        var after = new NameStanding(record.Obtained("pebble", Now), fresh);
        Assert.NotNull(after.RevokeAt);
        Assert.Equal(1, Assert.Single(after.Record.Condemned).Reason);
    }

    /// <summary>RFC 7638: the members in order, without spaces.</summary>
    [Fact]
    public void A_key_is_known_by_the_hash_of_its_public_half()
    {
        using var key = AccountKey.Create();
        using var same = AccountKey.FromPem(key.ToPem());
        var text = $$"""{"crv":"P-256","kty":"EC","x":"{{key.Public.X}}","y":"{{key.Public.Y}}"}""";

        Assert.Equal(Base64Url.Of(SHA256.HashData(Encoding.ASCII.GetBytes(text))), key.Thumbprint);
        Assert.Equal(key.Thumbprint, same.Thumbprint);
    }

    [Fact]
    public void A_message_is_signed_over_its_header_and_what_it_says()
    {
        using var key = AccountKey.Create();
        var message = SignedMessage.By(key, account: null, new Uri("https://ca.example/new"), "nonce-1", "{\"a\":1}");
        using var header = JsonDocument.Parse(Base64Url.Read(message.Protected));
        using var check = ECDsa.Create();
        check.ImportFromPem(key.ToPem());

        Assert.True(check.VerifyData(
            Encoding.ASCII.GetBytes($"{message.Protected}.{message.Payload}"),
            Base64Url.Read(message.Signature),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        Assert.Equal(
            ("ES256", "nonce-1", "https://ca.example/new"),
            (header.RootElement.GetProperty("alg").GetString(), header.RootElement.GetProperty("nonce").GetString(), header.RootElement.GetProperty("url").GetString()));
        Assert.Equal(key.Public.X, header.RootElement.GetProperty("jwk").GetProperty("x").GetString());
        Assert.False(header.RootElement.TryGetProperty("kid", out _));
    }

    [Fact]
    public void A_key_that_an_authority_knows_is_named_by_its_account_only()
    {
        using var key = AccountKey.Create();
        var message = SignedMessage.By(key, new Uri("https://ca.example/account/1"), new Uri("https://ca.example/order"), "nonce-1", "");
        using var header = JsonDocument.Parse(Base64Url.Read(message.Protected));

        Assert.Equal("", message.Payload);
        Assert.Equal("https://ca.example/account/1", header.RootElement.GetProperty("kid").GetString());
        Assert.False(header.RootElement.TryGetProperty("jwk", out _));
    }

    [Fact]
    public async Task Only_what_an_authority_was_told_to_look_for_is_answered()
    {
        var challenges = new HttpChallenges();
        var answer = new ChallengeAnswer("shop.example.org", "token-1", "token-1.print");

        Assert.Null(challenges.Find("/.well-known/acme-challenge/token-1"));
        await challenges.PresentAsync(answer, CancellationToken.None);
        Assert.Equal("token-1.print", challenges.Find("/.well-known/acme-challenge/token-1"));
        Assert.Null(challenges.Find("/.well-known/acme-challenge/token-2"));
        Assert.Null(challenges.Find("/token-1"));
        await challenges.WithdrawAsync(answer);
        Assert.Null(challenges.Find("/.well-known/acme-challenge/token-1"));
    }

    private static X509Certificate2 Make(byte[]? issuer = null, byte[]? serial = null, int days = 90)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=shop.example.org", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuer ?? new byte[20]));
        return request.Create(
            new X500DistinguishedName("CN=An authority"), X509SignatureGenerator.CreateForECDsa(key), Now, Now.AddDays(days), serial ?? [1]);
    }
}
