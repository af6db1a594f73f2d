using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nua.Core.Problems;

namespace Nua.Server.Doors;

/// <summary>The certificate that the remote door shows. Files that change are shown without a restart.</summary>
internal sealed class DoorCertificate
{
    private const int YearsOfOwn = 10;

    private readonly string _certificate;
    private readonly string _key;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private Shown _shown;

    private DoorCertificate(string certificate, string key, ILogger log)
    {
        (_certificate, _key, _log) = (certificate, key, log);
        _shown = Read();
    }

    /// <summary>What is shown now.</summary>
    public SslStreamCertificateContext Current => Look().Context;

    /// <summary>The SHA-256 of the certificate: <c>sha256:…</c></summary>
    public string Fingerprint => Look().Fingerprint;

    /// <summary>The certificate in files.</summary>
    /// <exception cref="NuaException"><c>server.certificate-unusable</c></exception>
    public static DoorCertificate In(string certificate, string key, ILogger log) => new(certificate, key, log);

    /// <summary>The server's own, which nobody vouches for, so that clients know it by its fingerprint. Made once.</summary>
    /// <exception cref="NuaException"><c>server.certificate-unusable</c></exception>
    public static DoorCertificate OwnIn(string folder, ILogger log)
    {
        var (certificate, key) = (Path.Combine(folder, "door.crt"), Path.Combine(folder, "door.key"));
        if (!File.Exists(certificate) || !File.Exists(key))
        {
            Make(folder, certificate, key);
        }

        return new DoorCertificate(certificate, key, log);
    }

    private static void Make(string folder, string certificate, string key)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Nua on {Environment.MachineName}", pair, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Environment.MachineName);
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        var now = DateTimeOffset.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(YearsOfOwn));
        Write(key, pair.ExportPkcs8PrivateKeyPem());
        Write(certificate, made.ExportCertificatePem() + "\n");
    }

    /// <summary>Nobody but the server reads it, and it is there whole or not at all.</summary>
    private static void Write(string file, string text)
    {
        var draft = file + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
        }

        File.Move(draft, file, overwrite: true);
    }

    private Shown Look()
    {
        lock (_lock)
        {
            if (_shown.Stamp != StampOf(_certificate, _key))
            {
                _shown = TryRead() ?? _shown with { Stamp = StampOf(_certificate, _key) };
            }

            return _shown;
        }
    }

    /// <summary>A file that is being written is read again when it is written to once more.</summary>
    private Shown? TryRead()
    {
        try
        {
            var read = Read();
            _log.CertificateShown(read.Fingerprint);
            return read;
        }
        catch (NuaException failure)
        {
            _log.CertificateStays(failure.Problem.Message);
            return null;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Shown as long as the server runs; a handshake may still use the one before.")]
    private Shown Read()
    {
        var stamp = StampOf(_certificate, _key);
        try
        {
            var leaf = X509Certificate2.CreateFromPemFile(_certificate, _key);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(_certificate);
            return new Shown(
                SslStreamCertificateContext.Create(leaf, chain, offline: true),
                $"sha256:{Convert.ToHexStringLower(leaf.GetCertHash(HashAlgorithmName.SHA256))}",
                stamp);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new NuaException(ServerProblems.CertificateUnusable(_certificate, failure.Message), failure);
        }
    }

    private static (DateTime Certificate, DateTime Key) StampOf(string certificate, string key) =>
        (File.GetLastWriteTimeUtc(certificate), File.GetLastWriteTimeUtc(key));

    private sealed record Shown(SslStreamCertificateContext Context, string Fingerprint, (DateTime Certificate, DateTime Key) Stamp);
}
