using Nua.Engine.Images.Mirrors;

namespace Nua.IntegrationTests.Images;

/// <summary>Packages as this machine gets them: from nowhere else, but trusting whom it trusts.</summary>
internal static class MachinePackages
{
    private static readonly string AuthoritiesFile =
        Environment.GetEnvironmentVariable("SSL_CERT_FILE") ?? "/etc/ssl/certs/ca-certificates.crt";

    public static string? Authorities => File.Exists(AuthoritiesFile) ? AuthoritiesFile : null;

    public static PackageSources Sources { get; } = PackageSources.Of(new PackageMirrors(), Authorities, apt: null, folder: "");
}
