using System.Globalization;
using Nua.Core.Problems;
using Nua.Drivers.Processes;

namespace Nua.Drivers.Images.Distro;

/// <summary>Makes the smallest system that can install packages, with mmdebstrap, from signed packages.</summary>
/// <param name="suite">The release.</param>
/// <param name="sources">Where its packages come from.</param>
internal sealed class BaseBootstrap(string suite, IReadOnlyList<AptSource> sources)
{
    private const int LastLines = 20;

    /// <summary>What a bootstrap takes, with room to spare.</summary>
    private const long ScratchBytes = 1L << 30;

    /// <summary>Everything in /usr, without the package that would bring perl to move it there.</summary>
    private const string MergedUsrHook = "/usr/share/mmdebstrap/hooks/merged-usr";

    /// <summary>The part of it that lays the folders, and a package without anything in it that says so while the rest is installed.</summary>
    private const string MergedUsrFolders = $"{MergedUsrHook}/setup00.sh";

    private static readonly string Slim = ReadSlim();

    /// <summary>The moment its packages are of, when the outcome is to be the same each time.</summary>
    public DateTimeOffset? SnapshotAt { get; init; }

    /// <summary>
    /// Where its packages are fetched in place of its sources, as lines of <c>sources.list</c>; the system is told its sources,
    /// and is the same.
    /// </summary>
    public IReadOnlyList<string>? Mirror { get; init; }

    /// <summary>What makes it the same base.</summary>
    public IReadOnlyList<string> Origin =>
        [Slim, .. sources.Select(source => source.ToString()), SnapshotAt?.ToString("O", CultureInfo.InvariantCulture) ?? ""];

    /// <summary>Writes the system as a compressed archive.</summary>
    /// <param name="archive">The file.</param>
    /// <param name="place">Where it works when there is no room in memory; <see langword="null"/>: where the system has such.</param>
    /// <param name="log">Hears every line.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NuaException"><c>image.tool-missing</c>, <c>image.bootstrap-failed</c></exception>
    public async Task RunAsync(string archive, string? place, IProgress<string> log, CancellationToken cancellation)
    {
        if (!HostProcess.Find("mmdebstrap").Any() || !HostProcess.Find("zstd").Any())
        {
            throw new NuaException(ImageProblems.ToolMissing("mmdebstrap", "mmdebstrap zstd"));
        }

        // Thousands of small files are written and thrown away.
        var scratch = ScratchFolder.CreateInMemory(place, ScratchBytes) ?? ScratchFolder.Create(place, "nua-base-");
        try
        {
            await File.WriteAllTextAsync(HookIn(scratch), Slim + Unmirrored(scratch), cancellation);
            File.SetUnixFileMode(HookIn(scratch), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            await RunAsync(Command(archive, scratch), log, cancellation);
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

    private static string HookIn(DirectoryInfo scratch) => Path.Combine(scratch.FullName, "slim.sh");

    /// <summary>What tells the system of its sources, when it was made from elsewhere.</summary>
    private string Unmirrored(DirectoryInfo scratch)
    {
        if (Mirror is null)
        {
            return "";
        }

        // A file, not an argument: the address of a mirror may hold a password.
        PrivateFile.Write(MirrorIn(scratch), string.Concat(Mirror.Select(line => $"{line}\n")));
        return $"""

            rm -f "$root"/etc/apt/sources.list.d/*
            cat > "$root/etc/apt/sources.list" <<'END'
            {string.Join('\n', sources)}
            END

            """;
    }

    private static string MirrorIn(DirectoryInfo scratch) => Path.Combine(scratch.FullName, "mirror.list");

    private HostCommand Command(string archive, DirectoryInfo scratch) => new(
        "mmdebstrap",
        [
            "--variant=apt",
            .. MergedUsr,
            .. NeedsAuthorities ? ["--include=ca-certificates"] : Array.Empty<string>(),
            "--aptopt=Acquire::Languages \"none\"",
            "--aptopt=APT::Install-Recommends \"false\"",
            .. SnapshotAt is null ? Array.Empty<string>() : ["--aptopt=Acquire::Check-Valid-Until \"false\""],
            $"--customize-hook={HookIn(scratch)}",
            suite,
            archive,
            .. Mirror is null ? sources.Select(source => source.ToString()) : [MirrorIn(scratch)],
        ])
    {
        Environment = SnapshotAt is { } moment
            ? new Dictionary<string, string> { [ScratchFolder.Variable] = scratch.FullName, ["SOURCE_DATE_EPOCH"] = $"{moment.ToUnixTimeSeconds()}" }
            : new Dictionary<string, string> { [ScratchFolder.Variable] = scratch.FullName },
    };

    /// <summary>
    /// Everything in /usr. The hook's last part has the package "usr-is-merged" take the empty one's place; a release that lacks it
    /// has nothing that asks for it either.
    /// </summary>
    private IReadOnlyList<string> MergedUsr => (DistroSuites.HasMergedUsrPackage(suite), Directory.Exists(MergedUsrHook)) switch
    {
        (true, true) => ["--include=usr-is-merged", $"--hook-dir={MergedUsrHook}"],
        (true, false) => ["--include=usr-is-merged"],
        (false, true) => [$"--setup-hook={MergedUsrFolders}", "--essential-hook=chroot \"$1\" dpkg --purge usr-is-merged"],
        (false, false) => [],
    };

    private bool NeedsAuthorities => sources.Any(source => source.Address.StartsWith("https:", StringComparison.Ordinal));

    private static string ReadSlim()
    {
        using var stream = typeof(BaseBootstrap).Assembly.GetManifestResourceStream("slim.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
