using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nua.Api;
using Nua.Core.Problems;
using Xunit;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>Certificates that the operator brings.</summary>
public sealed class ImportTests : GatewayFixture
{
    private readonly TestAuthority _authority = new();

    public override async ValueTask DisposeAsync()
    {
        _authority.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task It_is_shown_from_the_next_handshake_on_also_after_a_restart_until_it_is_removed()
    {
        await PublishAsync("shop.example.org");
        var standIn = await SerialAsync("shop.example.org");

        var imported = await ImportAsync(300, "shop.example.org", "www.example.org");

        Assert.Equal(["shop.example.org", "www.example.org"], imported.Names);
        Assert.Equal(imported.Serial, await SerialAsync("shop.example.org"));
        await StopGatewayAsync();
        await StartGatewayAsync();
        Assert.Equal(imported.Serial, await SerialAsync("shop.example.org"));

        var gone = await Client.RemoveCertificateAsync("www.example.org", Cancellation);

        Assert.Equal(imported.Serial, Assert.Single(gone.Certificates).Serial);
        Assert.Equal(standIn, await SerialAsync("shop.example.org"));
        Assert.Equal("gateway.not-imported", await RefusedAsync(Client.RemoveCertificateAsync("www.example.org", Cancellation)));
    }

    [Fact]
    public async Task A_wildcard_is_shown_for_every_name_one_label_below_unless_one_has_its_own()
    {
        await PublishAsync("shop.example.org");
        await PublishAsync("a.shop.example.org");
        await PublishAsync("own.example.org");
        var wildcard = await ImportAsync(300, "*.example.org");
        var own = await ImportAsync(30, "own.example.org");

        Assert.Equal(wildcard.Serial, await SerialAsync("shop.example.org"));
        Assert.NotEqual(wildcard.Serial, await SerialAsync("a.shop.example.org"));
        Assert.Equal(own.Serial, await SerialAsync("own.example.org"));
    }

    [Fact]
    public async Task No_authority_is_asked_for_its_names_and_its_end_is_told_in_time()
    {
        await Client.SetAuthoritiesAsync(
            new CertificateSettings([new AuthorityEntry("silent", new Uri("https://127.0.0.1:1/dir"))]), Cancellation);
        await ImportAsync(5, "shop.example.org");
        await PublishAsync("shop.example.org");
        await PublishAsync("other.example.org");

        var views = await Client.CertificatesAsync(Cancellation);
        while (views.Single(view => view.Host == "other.example.org").Failures == 0)
        {
            views = await Client.CertificatesAsync(Cancellation);
        }

        var imported = views.Single(view => view.Host == "shop.example.org");
        Assert.Equal((true, 0, null), (imported.Imported, imported.Failures, imported.RenewAt));
        Assert.Contains("import", imported.Problem, StringComparison.Ordinal);
        var seen = Assert.Single((await Client.CheckCertificatesAsync("shop.example.org", Cancellation)).Names);
        Assert.Null(seen.Problem);
        Assert.Contains("ends on", seen.Warning, StringComparison.Ordinal);
        Assert.Equal("gateway.not-asked", await RefusedAsync(Client.RenewCertificateAsync("shop.example.org", force: true, Cancellation)));
    }

    [Fact]
    public async Task What_visitors_could_not_use_is_refused_and_changes_nothing()
    {
        var (certificate, key) = _authority.Issue(300, "shop.example.org");
        var (other, otherKey) = _authority.Issue(300, "other.example.org");
        var (ended, endedKey) = _authority.Issue(-1, "shop.example.org");
        using var secret = ECDsa.Create();
        var locked = secret.ExportEncryptedPkcs8PrivateKeyPem("word", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Equal("gateway.import-unreadable", await RefusedAsync("no certificate", key));
        Assert.Equal("gateway.import-unreadable", await RefusedAsync(certificate, "no key"));
        Assert.Equal("gateway.import-unreadable", await RefusedAsync(certificate, locked));
        Assert.Equal("gateway.import-foreign-key", await RefusedAsync(certificate, otherKey));
        Assert.Equal("gateway.import-out-of-order", await RefusedAsync(_authority.Below + "\n" + certificate, key));
        Assert.Equal("gateway.import-out-of-order", await RefusedAsync(certificate + "\n" + other, key));
        Assert.Equal("gateway.import-not-good-now", await RefusedAsync(ended, endedKey));
        var (strange, strangeKey) = _authority.Issue(300, "up/shop");
        Assert.Equal("gateway.import-without-names", await RefusedAsync(strange, strangeKey));
        Assert.Empty(await Client.CertificatesAsync(Cancellation));
    }

    private async Task<ImportedView> ImportAsync(double days, params string[] names)
    {
        var (certificate, key) = _authority.Issue(days, names);
        return await Client.ImportCertificateAsync(new ImportBody(certificate + "\n" + _authority.Below, key), Cancellation);
    }

    private Task<string> RefusedAsync(string certificate, string key) =>
        RefusedAsync(Client.ImportCertificateAsync(new ImportBody(certificate, key), Cancellation));

    private static async Task<string> RefusedAsync(Task work) => (await Assert.ThrowsAsync<NuaException>(() => work)).Problem.Code;

    private async Task<string> SerialAsync(string host)
    {
        var any = new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null };
        await using var stream = await Visiting.ShakeHandsAsync(HttpsPort, any, Cancellation);
        return ((X509Certificate2)stream.RemoteCertificate!).SerialNumber;
    }
}
