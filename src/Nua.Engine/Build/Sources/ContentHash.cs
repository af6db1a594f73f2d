using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nua.Core.Problems;

namespace Nua.Engine.Build.Sources;

/// <summary>A hash over everything that goes into a build: two builds with the same one make the same image.</summary>
internal static class ContentHash
{
    /// <summary>Answers with 64 hexadecimal digits.</summary>
    /// <param name="source">Its files: path, kind, permissions, content.</param>
    /// <param name="inputs">All else, by name; the order does not matter.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<string> OfAsync(
        SourceFolder source, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        var contents = new string[source.Entries.Count];
        await Parallel.ForAsync(0, contents.Length, cancellation, async (at, token) =>
            contents[at] = await ContentOfAsync(source, source.Entries[at], token));

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            Append(hash, "input", name, text);
        }

        foreach (var (entry, content) in source.Entries.Zip(contents))
        {
            Append(hash, entry.Kind.ToString(), entry.Path, ((int)entry.Mode).ToString(CultureInfo.InvariantCulture), content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash of one file.</summary>
    public static async Task<string> OfFileAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await using var content = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(BuildProblems.Unreadable(file, failure.Message), failure);
        }
    }

    // An empty file is not opened: it may be a pipe, and wait for ever.
    private static async Task<string> ContentOfAsync(SourceFolder source, SourceEntry entry, CancellationToken cancellation) =>
        entry.Size > 0 ? await OfFileAsync(source.PlaceOf(entry), cancellation) : entry.Target ?? "";

    private static void Append(IncrementalHash hash, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            // The length first, so that no two lists of parts read the same.
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
