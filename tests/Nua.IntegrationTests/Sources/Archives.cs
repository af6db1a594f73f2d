using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Nua.IntegrationTests.Sources;

/// <summary>Archives of a small source.</summary>
internal static class Archives
{
    public static byte[] Tar(params IReadOnlyList<(string Name, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Zip(params IReadOnlyList<(string Name, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var content = zip.CreateEntry(name).Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    /// <summary>Compresses with a program: <c>xz</c>, <c>bzip2</c>, <c>zstd</c>.</summary>
    public static async Task<byte[]> ThroughAsync(string program, byte[] content)
    {
        using var packer = Process.Start(new ProcessStartInfo(program, ["--stdout"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var bytes = new MemoryStream();
        var reading = packer.StandardOutput.BaseStream.CopyToAsync(bytes);
        await packer.StandardInput.BaseStream.WriteAsync(content);
        packer.StandardInput.Close();
        await reading;
        await packer.WaitForExitAsync();
        return bytes.ToArray();
    }

    public static string Sum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
