using Nua.Gateway.Certificates;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class CertificateProfileTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 600, TimeSpan.Zero);

    [Fact]
    public void A_clock_that_was_set_back_since_the_authority_was_made_does_no_harm()
    {
        using var authority = CertificateProfile.CreateAuthority("Nua test", ["test"], Now);

        using var leaf = CertificateProfile.CreateLeaf("app.test", authority, Now - TimeSpan.FromMinutes(2));

        Assert.Equal(authority.NotBefore, leaf.NotBefore);
    }
}
