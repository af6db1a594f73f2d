using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Nua.Drivers.Sources;

/// <summary>
/// What addresses gave when they were last asked, by what their servers call that version: as long as a server says the same, it
/// need not send it again.
/// </summary>
/// <param name="root">Where that is written down.</param>
internal sealed class KnownAddresses(string root)
{
    /// <summary>The SHA-256 of what an answer is about to give; <see langword="null"/>: not known.</summary>
    public string? Find(string url, HttpResponseMessage answer)
    {
        var file = VersionOf(answer) is { } version ? FileOf(url, version) : null;
        if (!File.Exists(file))
        {
            return null;
        }

        File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        return File.ReadAllText(file);
    }

    /// <summary>Writes down what it gave.</summary>
    public void Remember(string url, HttpResponseMessage answer, string digest)
    {
        if (VersionOf(answer) is not { } version)
        {
            return;
        }

        Directory.CreateDirectory(root);
        var draft = Path.Combine(root, Guid.NewGuid().ToString("N"));
        File.WriteAllText(draft, digest);
        File.Move(draft, FileOf(url, version), overwrite: true);
    }

    public void Prune(DateTimeOffset unusedSince)
    {
        if (Directory.Exists(root))
        {
            var old = Directory.GetFiles(root).Where(file => File.GetLastWriteTimeUtc(file) < unusedSince.UtcDateTime);
            old.ToList().ForEach(File.Delete);
        }
    }

    // A time alone is too coarse; with a length it is what servers make their tags of.
    private static string? VersionOf(HttpResponseMessage answer) => answer switch
    {
        { Headers.ETag: EntityTagHeaderValue tag } => tag.ToString(),
        { Content.Headers: { LastModified: { } changed, ContentLength: { } length } } => $"{changed:O} {length}",
        _ => null,
    };

    private string FileOf(string url, string version) =>
        Path.Combine(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{url}\n{version}"))));
}
