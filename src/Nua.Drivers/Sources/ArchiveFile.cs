using System.IO.Compression;
using Nua.Core.Problems;
using Nua.Drivers.Processes;
using Nua.Engine.Build.Sources;

namespace Nua.Drivers.Sources;

/// <summary>An archive on this machine. What it is, its first bytes say: its address may say nothing, or lie.</summary>
internal sealed class ArchiveFile(string file, RemoteSource source)
{
    private const int TarMagicAt = 257;
    private const int BlockBytes = 512;

    /// <summary>No packer needs more memory to unpack, unless it was told to take much of it.</summary>
    private const string Memory = "256MiB";

    /// <summary>Unpacks it; the folder is not closed.</summary>
    public Task UnpackAsync(UnpackedFolder folder, CancellationToken cancellation)
    {
        var start = FirstBlock();
        return start switch
        {
            [0x1F, 0x8B, ..] => FromGzipAsync(folder, cancellation),
            [(byte)'B', (byte)'Z', (byte)'h', ..] => ThroughAsync("bzip2", "bzip2", [], folder, cancellation),
            [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] =>
                ThroughAsync("xz", "xz-utils", [$"--memlimit-decompress={Memory}"], folder, cancellation),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => ThroughAsync("zstd", "zstd", ["--quiet", $"--memory={Memory}"], folder, cancellation),
            [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => FromFileAsync(ZipReading.RunAsync, folder, cancellation),
            _ when IsTar(start) => FromFileAsync(TarReading.RunAsync, folder, cancellation),
            _ => throw new NuaException(SourceProblems.BadArchive(source, WhatElse(start))),
        };
    }

    private static bool IsTar(byte[] start) => start.Length == BlockBytes && start.AsSpan(TarMagicAt).StartsWith("ustar"u8);

    private static string WhatElse(byte[] start) => start.AsSpan().TrimStart(" \r\n\t"u8) is [(byte)'<', ..]
        ? "it is a page, not an archive."
        : "it is no archive of a kind that is known.";

    private byte[] FirstBlock()
    {
        using var content = File.OpenRead(file);
        var start = new byte[BlockBytes];
        return start[..content.ReadAtLeast(start, BlockBytes, throwOnEndOfStream: false)];
    }

    private Task FromGzipAsync(UnpackedFolder folder, CancellationToken cancellation) => FromFileAsync(
        async (content, into, stop) =>
        {
            await using var tar = new GZipStream(content, CompressionMode.Decompress);
            await TarReading.RunAsync(tar, into, stop);
        },
        folder,
        cancellation);

    private async Task FromFileAsync(
        Func<Stream, UnpackedFolder, CancellationToken, Task> read, UnpackedFolder folder, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(file);
        await read(content, folder, cancellation);
    }

    /// <summary>Has a program of the distribution decompress it, whose memory and faults are its own.</summary>
    private async Task ThroughAsync(
        string program, string package, IReadOnlyList<string> options, UnpackedFolder folder, CancellationToken cancellation)
    {
        if (!HostProcess.Find(program).Any())
        {
            throw new NuaException(SourceProblems.ToolMissing(program, package));
        }

        var command = new HostCommand(program, ["--decompress", "--stdout", .. options, "--", file]);
        if (await HostProcess.PipeAsync(command, tar => TarReading.RunAsync(tar, folder, cancellation), cancellation) != 0)
        {
            var why = $"{program} finds it broken, or in need of more memory than {Memory}.";
            throw new NuaException(SourceProblems.BadArchive(source, why));
        }
    }
}
