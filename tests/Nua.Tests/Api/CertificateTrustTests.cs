using Nua.Api;
using Xunit;

namespace Nua.Tests.Api;

public sealed class CertificateTrustTests
{
    private const string Plain = "3f00aa11bb22cc33dd44ee55ff660077889900aabbccddeeff00112233445566";

    [Theory]
    [InlineData(Plain)]
    [InlineData("sha256:" + Plain)]
    [InlineData(" SHA256:3F00AA11BB22CC33DD44EE55FF660077889900AABBCCDDEEFF00112233445566\n")]
    [InlineData("3F:00:AA:11:BB:22:CC:33:DD:44:EE:55:FF:66:00:77:88:99:00:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66")]
    public void A_fingerprint_is_read_as_tools_write_it(string text) =>
        Assert.Equal($"sha256:{Plain}", CertificateTrust.TryNormalise(text));

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha1:3f00aa11bb22cc33dd44ee55ff660077889900aa")]
    [InlineData("3f00aa11bb22cc33dd44ee55ff660077889900aabbccddeeff0011223344556")]
    [InlineData("zz00aa11bb22cc33dd44ee55ff660077889900aabbccddeeff00112233445566")]
    public void What_is_none_is_not_taken_for_one(string text) => Assert.Null(CertificateTrust.TryNormalise(text));
}
