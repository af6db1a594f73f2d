using System.IO.Compression;
using Nua.Core.Problems;
using Nua.Engine.Images.Archives;

namespace Nua.Server.Uploads;

/// <summary>Keeps an archive that is sent as a file that can be sought in; it is gone when it is closed.</summary>
/// <param name="folder">Where; what is there when a server starts is removed.</param>
internal sealed class ArchiveFile(string folder)
{
    /// <summary>What is taken of one archive.</summary>
    public const long MostBytes = 50_000_000_000;

    /// <summary>The journal is on the same disk.</summary>
    private const long RoomLeft = 1_000_000_000;

    private const long AskEvery = 64 << 20;

    /// <summary>The first bytes of what gzip made (RFC 1952, 2.3.1).</summary>
    private static readonly byte[] GzipMagic = [0x1f, 0x8b];

    /// <param name="body">A tar stream, which may be compressed by gzip.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A tar file, not compressed.</returns>
    /// <exception cref="NuaException"><c>image.no-archive</c>, <c>image.archive-too-large</c>, <c>image.archive-not-kept</c></exception>
    public async Task<FileStream> ReceiveAsync(Stream body, CancellationToken cancellation)
    {
        var sent = await KeepAsync(body, cancellation);
        if (!StartsWithGzip(sent))
        {
            return sent;
        }

        await using var compressed = new GZipStream(sent, CompressionMode.Decompress);
        return await KeepAsync(compressed, cancellation);
    }

    private static bool StartsWithGzip(FileStream file)
    {
        var start = new byte[GzipMagic.Length];
        file.Seek(0, SeekOrigin.Begin);
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Seek(0, SeekOrigin.Begin);
        return start.AsSpan(0, read).SequenceEqual(GzipMagic);
    }

    private async Task<FileStream> KeepAsync(Stream content, CancellationToken cancellation)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(
                Path.Combine(Directory.CreateDirectory(folder).FullName, $"image-{Guid.NewGuid():N}.tar"),
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                1 << 16,
                FileOptions.Asynchronous | FileOptions.DeleteOnClose);
            await CopyAsync(content, file, cancellation);
            return file;
        }
        catch (Exception failure)
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
            switch (failure)
            {
                case InvalidDataException:
                    throw new NuaException(ArchiveProblems.NoArchive(failure.Message), failure);
                case IOException and not BadHttpRequestException:
                    throw new NuaException(ArchiveProblems.NotKept(failure.Message), failure);
                default:
                    throw;
            }
        }
    }

    private static async Task CopyAsync(Stream from, FileStream file, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        var asked = -AskEvery;
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (file.Position + read > MostBytes)
            {
                throw new NuaException(ArchiveProblems.TooLarge(MostBytes));
            }

            if (file.Position - asked >= AskEvery)
            {
                RefuseFullDisk(file);
                asked = file.Position;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        await file.FlushAsync(cancellation);
    }

    private static void RefuseFullDisk(FileStream file)
    {
        if (new DriveInfo(file.Name).AvailableFreeSpace < RoomLeft)
        {
            throw new NuaException(ArchiveProblems.NotKept($"less than {RoomLeft / 1_000_000_000} GB would be left there"));
        }
    }
}
