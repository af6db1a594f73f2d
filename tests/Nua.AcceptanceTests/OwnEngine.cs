using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>
/// The Docker Engine, when it is one that <c>scripts/prepare.sh</c> started and nobody else uses: only such a one may be killed.
/// <c>NUA_TEST_ENGINE</c> names another checkout whose scripts started it.
/// </summary>
internal sealed class OwnEngine
{
    private readonly string _root = Environment.GetEnvironmentVariable("NUA_TEST_ENGINE") is { Length: > 0 } other ? other : Repository.Root;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PidFile => Path.Combine(_root, ".nua", "engine", "dockerd.pid");

    /// <summary>Why it may not be killed; <see langword="null"/>: it may.</summary>
    /// <param name="server">Whose containers do not count.</param>
    public async Task<string?> WhyNotAsync(string server)
    {
        if (Find() is null)
        {
            return "The Docker Engine is not one that these scripts started; it is not ours to kill.";
        }

        var all = await Command.DockerAsync(Cancellation, "ps", "--all", "--quiet");
        var ours = await Command.DockerAsync(Cancellation, "ps", "--all", "--quiet", "--filter", $"label=rocks.nua.server={server}");
        return Lines(all) == Lines(ours) ? null : "Others have containers on the Docker Engine; it is not ours to kill.";
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        using var engine = Find()!;
        engine.Kill();
        engine.WaitForExit();
    }

    /// <summary>Starts it again, as it was started.</summary>
    public async Task StartAsync()
    {
        var started = await Command.RunAsync(
            "bash", ["-c", $"source '{_root}/scripts/prepare.sh'; have_engine"], new Dictionary<string, string>(), Cancellation);
        Assert.True(started.ExitCode == 0, started.ToString());
    }

    private Process? Find()
    {
        if (!File.Exists(PidFile) || !int.TryParse(File.ReadAllText(PidFile), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
        {
            return null;
        }

        try
        {
            var process = Process.GetProcessById(pid);
            return process.ProcessName == "dockerd" ? process : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static int Lines(Outcome listed) => listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
}
