using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Nua.Engine.Routing;
using Xunit;

namespace Nua.IntegrationTests.Gateway;

/// <summary>What a client sees in the handshake, and what lies on disk.</summary>
public sealed class CertificateTests : GatewayFixture
{
    [Fact]
    public async Task Every_host_shows_a_certificate_of_its_own_that_the_authority_vouches_for()
    {
        await PublishAsync("one.test");
        await PublishAsync("two.localhost");

        using var one = await HandshakeAsync("one.test");
        using var two = await HandshakeAsync("two.localhost");

        Assert.Equal("O=Nua, CN=one.test", one.Subject);
        Assert.Equal("O=Nua, CN=two.localhost", two.Subject);
        Assert.InRange(one.NotAfter, DateTime.Now.AddDays(89), DateTime.Now.AddDays(91));
    }

    [Fact]
    public async Task A_name_longer_than_a_common_name_can_be_is_served()
    {
        var host = $"{new string('a', 60)}.{new string('b', 60)}.test";
        await PublishAsync(host);

        using var shown = await HandshakeAsync(host);

        Assert.True(shown.MatchesHostname(host));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Current_versions_of_tls_are_spoken(SslProtocols version)
    {
        await PublishAsync("one.test");

        await using var stream = await ShakeHandsAsync("one.test", version);

        Assert.Equal(version, stream.SslProtocol);
        Assert.Contains(stream.NegotiatedCipherSuite, ForwardSecret);
    }

    [Fact]
    public async Task Old_versions_of_tls_are_not_spoken()
    {
        await PublishAsync("one.test");

#pragma warning disable SYSLIB0039, CA5397 // That they are obsolete is what is tested.
        await Assert.ThrowsAnyAsync<Exception>(() => ShakeHandsAsync("one.test", SslProtocols.Tls11 | SslProtocols.Tls));
#pragma warning restore SYSLIB0039, CA5397
    }

    [Fact]
    public async Task The_local_authority_does_not_vouch_for_public_names()
    {
        await PublishAsync("example.org");
        var localOnly = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        localOnly.CustomTrustStore.ImportFromPemFile(Home.AuthorityCertificate);

        await Assert.ThrowsAsync<AuthenticationException>(() => Visiting.ShakeHandsAsync(
            HttpsPort, new SslClientAuthenticationOptions { TargetHost = "example.org", CertificateChainPolicy = localOnly }, Cancellation));
        using var interim = await HandshakeAsync("example.org");

        Assert.Contains("do not trust", interim.Issuer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_for_the_gateways_user_alone()
    {
        await PublishAsync("one.test");

        var open = Directory.EnumerateFiles(Home.GatewayState, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "lock")
            .Where(file => File.ReadAllText(file).Contains("PRIVATE KEY", StringComparison.Ordinal))
            .Where(file => File.GetUnixFileMode(file) != (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        Assert.Empty(open);
        Assert.DoesNotContain("PRIVATE", await File.ReadAllTextAsync(Home.AuthorityCertificate, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sockets_are_for_the_gateways_user_alone()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        await PublishAsync("one.test");

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Home.GatewaySocket));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Home.PrivateDoorSocket));
    }

    [Fact]
    public async Task A_restart_keeps_the_authority_and_the_certificates()
    {
        await PublishAsync("one.test");
        using var before = await HandshakeAsync("one.test");

        await StopGatewayAsync();
        await StartGatewayAsync();
        using var after = await HandshakeAsync("one.test");

        Assert.Equal(before.Thumbprint, after.Thumbprint);
    }

    [Theory]
    [InlineData("certificates/one.test.pem")]
    [InlineData("authority/ca.crt")]
    [InlineData("authority/ca.key")]
    public async Task A_damaged_file_is_replaced(string file)
    {
        await PublishAsync("one.test");
        using var before = await HandshakeAsync("one.test");
        await StopGatewayAsync();
        await File.WriteAllTextAsync(Path.Combine(Home.GatewayState, file), "-----BEGIN NOTHING-----", Cancellation);

        await StartGatewayAsync();
        using var after = await HandshakeAsync("one.test");

        Assert.NotEqual(before.Thumbprint, after.Thumbprint);
    }

    [Fact]
    public async Task A_key_of_another_authority_is_replaced()
    {
        await PublishAsync("one.test");
        await PublishAsync("example.org");
        await StopGatewayAsync();
        File.Copy(
            Path.ChangeExtension(Home.InterimAuthorityCertificate, ".key"), Path.ChangeExtension(Home.AuthorityCertificate, ".key"), overwrite: true);

        await StartGatewayAsync();
        using var shown = await HandshakeAsync("one.test");

        Assert.Equal("O=Nua, CN=one.test", shown.Subject);
    }

    [Fact]
    public async Task A_withdrawn_host_leaves_no_key_behind()
    {
        await PublishAsync("one.test");
        await PublishAsync("one.test/below");
        var file = Path.Combine(Home.GatewayState, "certificates", "one.test.pem");

        await Client.WithdrawAsync("one.test", Cancellation);
        Assert.True(File.Exists(file));
        await Client.WithdrawAsync("one.test/below", Cancellation);

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task The_private_door_trusts_the_homes_own_authorities_only()
    {
        await PublishAsync("one.test");
        using var door = Client.OpenPrivateDoor();
        Assert.Equal("one /", await door.GetStringAsync(new Uri("https://one.test/"), Cancellation));

        using var elsewhere = new TemporaryHome();
        Directory.CreateDirectory(elsewhere.Home.GatewayState);
        Directory.CreateDirectory(elsewhere.Home.Run);
        File.CreateSymbolicLink(elsewhere.Home.PrivateDoorSocket, Home.PrivateDoorSocket);
        using var stranger = new Nua.Drivers.Routing.GatewayClient(elsewhere.Home);
        using var strangersDoor = stranger.OpenPrivateDoor();

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(
            () => strangersDoor.GetStringAsync(new Uri("https://one.test/"), Cancellation));
        Assert.IsType<AuthenticationException>(refusal.InnerException);
    }

    [Fact]
    public async Task The_private_door_serves_public_names_before_they_are_published()
    {
        var candidate = await StartBackEndAsync("candidate");
        await Client.OfferAsync(new Route("example.org", candidate.Address, "app", 1), Cancellation);
        using var door = Client.OpenPrivateDoor();

        Assert.Equal("candidate /", await door.GetStringAsync(new Uri("https://example.org/"), Cancellation));
        Assert.Equal("candidate /", await door.GetStringAsync(new Uri($"https://example.org:{HttpsPort}/"), Cancellation));
    }

    private static readonly TlsCipherSuite[] ForwardSecret =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    private async Task<X509Certificate2> HandshakeAsync(string host)
    {
        await using var stream = await ShakeHandsAsync(host, SslProtocols.None);
        return X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.Export(X509ContentType.Cert));
    }

    private Task<SslStream> ShakeHandsAsync(string host, SslProtocols versions) => Visiting.ShakeHandsAsync(
        HttpsPort,
        new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = versions,
            CertificateChainPolicy = Visiting.Trust(Home),
        },
        Cancellation);
}
