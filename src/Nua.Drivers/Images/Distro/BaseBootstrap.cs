using System.Globalization;
using Nua.Core.Problems;
using Nua.Drivers.Processes;

namespace Nua.Drivers.Images.Distro;

/// <summary>Makes the smallest system that can install packages, with mmdebstrap, from signed packages.</summary>
/// <param name="suite">The release.</param>
/// <param name="sources">Where its packages come from.</param>
/// <param name="snapshotAt">The moment they are of, when the outcome is to be the same each time.</param>
internal sealed class BaseBootstrap(string suite, IReadOnlyList<AptSource> sources, DateTimeOffset? snapshotAt)
{
    private const string Memory = "/dev/shm";
    private const int LastLines = 20;

    /// <summary>What a bootstrap takes, with room to spare.</summary>
    private const long ScratchBytes = 1L << 30;

    /// <summary>Everything in /usr, without the package that would bring perl to move it there.</summary>
    private const string MergedUsrHook = "/usr/share/mmdebstrap/hooks/merged-usr";

    private static readonly string Slim = ReadSlim();

    /// <summary>What makes it the same base.</summary>
    public IReadOnlyList<string> Origin =>
        [Slim, .. sources.Select(source => source.ToString()), snapshotAt?.ToString("O", CultureInfo.InvariantCulture) ?? ""];

    /// <summary>Removes what bootstraps left that were killed: up to a gigabyte of memory each.</summary>
    public static void Prune() => Scratch.Prune(Memory, Path.GetTempPath());

    /// <summary>Writes the system as a compressed archive.</summary>
    /// <exception cref="NuaException"><c>image.tool-missing</c>, <c>image.bootstrap-failed</c></exception>
    public async Task RunAsync(string archive, IProgress<string> log, CancellationToken cancellation)
    {
        if (!HostProcess.Find("mmdebstrap").Any() || !HostProcess.Find("zstd").Any())
        {
            throw new NuaException(ImageProblems.ToolMissing("mmdebstrap", "mmdebstrap zstd"));
        }

        var scratch = Scratch.Make(ScratchParent());
        try
        {
            var hook = Path.Combine(scratch.FullName, "slim.sh");
            await File.WriteAllTextAsync(hook, Slim, cancellation);
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            await RunAsync(Command(archive, hook, scratch.FullName), log, cancellation);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private async Task RunAsync(HostCommand command, IProgress<string> log, CancellationToken cancellation)
    {
        var end = new Queue<string>();
        var exitCode = await HostProcess.RunAsync(command, Read, cancellation);
        if (exitCode != 0)
        {
            throw new NuaException(ImageProblems.BootstrapFailed(suite, exitCode, [.. end]));
        }

        void Read(string line)
        {
            log.Report(line);
            end.Enqueue(line);
            if (end.Count > LastLines)
            {
                end.Dequeue();
            }
        }
    }

    private HostCommand Command(string archive, string hook, string scratch) => new(
        "mmdebstrap",
        [
            "--variant=apt",
            "--include=usr-is-merged",
            .. NeedsAuthorities ? ["--include=ca-certificates"] : Array.Empty<string>(),
            .. Directory.Exists(MergedUsrHook) ? [$"--hook-dir={MergedUsrHook}"] : Array.Empty<string>(),
            "--aptopt=Acquire::Languages \"none\"",
            "--aptopt=APT::Install-Recommends \"false\"",
            .. snapshotAt is null ? Array.Empty<string>() : ["--aptopt=Acquire::Check-Valid-Until \"false\""],
            $"--customize-hook={hook}",
            suite,
            archive,
            .. sources.Select(source => source.ToString()),
        ])
    {
        Environment = snapshotAt is { } moment
            ? new Dictionary<string, string> { ["TMPDIR"] = scratch, ["SOURCE_DATE_EPOCH"] = $"{moment.ToUnixTimeSeconds()}" }
            : new Dictionary<string, string> { ["TMPDIR"] = scratch },
    };

    private bool NeedsAuthorities => sources.Any(source => source.Address.StartsWith("https:", StringComparison.Ordinal));

    /// <summary>Thousands of small files are written and thrown away: in memory where there is room.</summary>
    private static string ScratchParent()
    {
        return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > ScratchBytes && MayExecute(Memory)
            ? Memory
            : Path.GetTempPath();
    }

    private static bool MayExecute(string folder) =>
        !File.ReadLines("/proc/mounts")
            .Select(line => line.Split(' '))
            .Any(mount => mount[1] == folder && mount[3].Split(',').Contains("noexec"));

    private static string ReadSlim()
    {
        using var stream = typeof(BaseBootstrap).Assembly.GetManifestResourceStream("slim.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
