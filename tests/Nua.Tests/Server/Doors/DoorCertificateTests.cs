using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Nua.Core.Problems;
using Nua.Server.Doors;
using Xunit;

namespace Nua.Tests.Server.Doors;

public sealed class DoorCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nua-door-").FullName;

    private string Certificate => Path.Combine(_folder, "door.crt");

    private string Key => Path.Combine(_folder, "door.key");

    [Fact]
    public void The_servers_own_is_made_once_and_its_key_is_for_the_server_alone()
    {
        var first = DoorCertificate.OwnIn(_folder, NullLogger.Instance).Fingerprint;
        var second = DoorCertificate.OwnIn(_folder, NullLogger.Instance).Fingerprint;

        Assert.Matches("^sha256:[0-9a-f]{64}$", first);
        Assert.Equal(first, second);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
    }

    [Fact]
    public void Files_that_change_are_shown_without_a_restart_and_damage_is_not()
    {
        Write("one", DateTime.UtcNow.AddMinutes(-2));
        var door = DoorCertificate.In(Certificate, Key, NullLogger.Instance);
        var first = door.Fingerprint;

        Write("two", DateTime.UtcNow.AddMinutes(-1));
        var second = door.Fingerprint;
        File.WriteAllText(Certificate, "damage");

        Assert.NotEqual(first, second);
        Assert.Equal(second, door.Fingerprint);
        Assert.NotNull(door.Current);
    }

    [Fact]
    public void What_is_no_certificate_is_refused_when_the_server_starts()
    {
        var refusal = Assert.Throws<NuaException>(() => DoorCertificate.In(Certificate, Key, NullLogger.Instance));

        Assert.Equal("server.certificate-unusable", refusal.Problem.Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, DateTime at)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest($"CN={name}", pair, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Certificate, made.ExportCertificatePem());
        File.WriteAllText(Key, pair.ExportPkcs8PrivateKeyPem());
        File.SetLastWriteTimeUtc(Certificate, at);
    }
}
