using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Nua.Api;
using Nua.Gateway.Certificates;
using Nua.Gateway.Checking;
using Xunit;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>What is shown at a public port is not what the gateway holds: somebody else answers, or it was never taken up.</summary>
public sealed class ServedTests : IDisposable
{
    private const string Host = "shop.example.org";

    private readonly TemporaryHome _home = new();
    private readonly TestAuthority _authority = new();
    private readonly TcpListener _port = new(IPAddress.Loopback, 0);
    private readonly CertificateStore _held;
    private readonly ServedCheck _check;

    public ServedTests()
    {
        _held = new CertificateStore(_home.Home, TimeProvider.System, NullLogger<CertificateStore>.Instance);
        _check = new ServedCheck(_held, () => (IPEndPoint)_port.LocalEndpoint, TimeProvider.System);
        _port.Start();
    }

    public void Dispose()
    {
        _port.Dispose();
        _authority.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task The_newest_certificate_with_all_that_vouch_for_it_is_served_well()
    {
        var pem = Issue(90, Host);
        Import(pem);

        var seen = await SeeAsync(pem, sendsChain: true);

        Assert.Null(seen.Problem);
        Assert.Equal(_held.Held(Host).Certificate.Leaf.SerialNumber, seen.Serial);
    }

    [Theory]
    [InlineData(90, Host, true, "another certificate")]
    [InlineData(-1, Host, true, "it ended on")]
    [InlineData(90, "other.example.org", true, "it is one for")]
    public async Task Another_certificate_is_told_from_it(double days, string name, bool sendsChain, string problem)
    {
        Import(Issue(90, Host));

        Assert.Contains(problem, (await SeeAsync(Issue(days, name), sendsChain)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_nobody_vouches_for_is_told()
    {
        var pem = Issue(90, Host);
        Import(pem);

        Assert.Contains("nobody vouches", (await SeeAsync(pem, sendsChain: false)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stand_in_is_told()
    {
        var (held, _) = _held.Held(Host);

        Assert.Contains("stand-in", (await SeeAsync(held)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_answers_is_told()
    {
        _port.Stop();

        Assert.Contains("no handshake", (await _check.LookAsync(Host, TestContext.Current.CancellationToken)).Problem, StringComparison.Ordinal);
    }

    private (string Certificate, string Key) Issue(double days, string name) => _authority.Issue(days, name);

    private void Import((string Certificate, string Key) pem) => _held.Import(pem.Certificate + "\n" + _authority.Below, pem.Key);

    private Task<ServedView> SeeAsync((string Certificate, string Key) pem, bool sendsChain) =>
        SeeAsync(KeyedCertificate.Parse($"{pem.Certificate}\n{(sendsChain ? _authority.Below : "")}\n{pem.Key}"));

    private async Task<ServedView> SeeAsync(KeyedCertificate shown)
    {
        var looking = _check.LookAsync(Host, TestContext.Current.CancellationToken);
        using var visitor = await _port.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tls = new SslStream(visitor.GetStream());
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = shown.ToContext() }, TestContext.Current.CancellationToken);
        return await looking;
    }
}
