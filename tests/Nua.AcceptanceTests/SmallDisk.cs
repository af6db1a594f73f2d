using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>A disk of a few megabytes under a server's state, that can be filled to the last byte and emptied again.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Ballast => Path.Combine(_folder, "ballast");

    /// <summary>Mounts it; where nobody may, the test is skipped.</summary>
    public static async Task<SmallDisk> UnderAsync(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        var mounted = await Command.RunAsync(
            "mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder], new Dictionary<string, string>(), Cancellation);
        Assert.SkipUnless(mounted.ExitCode == 0, $"A small disk cannot be mounted here: {mounted.Error}");
        return new SmallDisk(folder);
    }

    /// <summary>Not a byte is left.</summary>
    public async Task FillAsync()
    {
        await using var stream = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                await stream.WriteAsync(new byte[4096], Cancellation);
            }
        }
        catch (IOException)
        {
            // Full: as wanted.
        }
    }

    /// <summary>There is room again.</summary>
    public void Empty() => File.Delete(Ballast);

    public async ValueTask DisposeAsync() =>
        await Command.RunAsync("umount", ["--lazy", _folder], new Dictionary<string, string>(), CancellationToken.None);
}
