using System.Security.Cryptography;
using System.Text;

namespace Nua.Gateway.Certificates;

/// <summary>
/// The operator's own certificates, in <c>certificates/imported</c>. One is known by its first name: a certificate with the same
/// first name takes its place.
/// </summary>
internal sealed class ImportedCertificates
{
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private volatile IReadOnlyList<KeyedCertificate> _all;

    public ImportedCertificates(string folder, TimeProvider clock, ILogger log)
    {
        (_folder, _clock) = (folder, clock);
        _all = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.pem").Order(StringComparer.Ordinal).SelectMany(file => Load(file, log))] : [];
    }

    public IReadOnlyList<KeyedCertificate> All => _all;

    /// <summary>The one to show for a name: one that has the very name before a wildcard, then the one that is good for longer.</summary>
    public KeyedCertificate? For(string name)
    {
        var now = _clock.GetUtcNow();
        return _all.Where(one => one.Covers(name) && one.IsGoodAt(now))
            .OrderByDescending(one => one.Names.Contains(name))
            .ThenByDescending(one => one.NotAfter)
            .FirstOrDefault();
    }

    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Keep(KeyedCertificate certificate, string pem)
    {
        StateFile.Write(FileOf(certificate), Encoding.ASCII.GetBytes(pem));
        _all = [.. _all.Where(other => other.Names[0] != certificate.Names[0]), certificate];
    }

    /// <summary>Removes those that have the very name; answers with them.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public IReadOnlyList<KeyedCertificate> Remove(string name)
    {
        var gone = _all.Where(one => one.Names.Contains(name)).ToList();
        foreach (var one in gone)
        {
            StateFile.Delete(FileOf(one));
            _all = [.. _all.Where(other => other != one)];
        }

        return gone;
    }

    private static IEnumerable<KeyedCertificate> Load(string file, ILogger log)
    {
        try
        {
            var known = KeyedCertificate.Parse(Encoding.ASCII.GetString(StateFile.TryRead(file)!));
            return known.Names.Count > 0 ? [known] : [];
        }
        catch (Exception damage) when (damage is CryptographicException or ArgumentException)
        {
            log.ImportDamaged(file, StateFile.PutAside(file));
            return [];
        }
    }

    private string FileOf(KeyedCertificate certificate) => Path.Combine(_folder, Wildcard.ToFileName(certificate.Names[0]));
}
