using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nua.Core.Problems;
using Nua.Drivers.Processes;
using Nua.Engine.Build.Sources;

namespace Nua.Drivers.Sources;

/// <summary>
/// Fetches one commit of a repository, as shallow as its server lets, and takes the files out as git's own archive of it: nothing
/// is checked out, so nothing of the repository's runs.
/// </summary>
internal sealed class GitFetch(RemoteSource.Git source, SourceSettings settings, FolderStore trees, IProgress<string> log)
{
    private const string Program = "git";
    private const string Bounds = "prlimit";
    private const string UsualBranch = "main";
    private const int ListedBranches = 20;

    /// <summary>What the operator set up git for is no business of a package's; nor does git ask anybody anything.</summary>
    private Dictionary<string, string> Surroundings
    {
        get
        {
            var surroundings = new Dictionary<string, string>
            {
                ["GIT_ASKPASS"] = "true",
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_CONFIG_NOSYSTEM"] = "1",
                ["GIT_TERMINAL_PROMPT"] = "0",
                ["LC_ALL"] = "C",
            };
            if (settings.Authorities is { } authorities)
            {
                surroundings["GIT_SSL_CAINFO"] = authorities;
            }

            return surroundings;
        }
    }

    /// <param name="work">An empty folder to work in.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<FetchedSource> RunAsync(string work, CancellationToken cancellation)
    {
        RefuseWithout(Program, Program);
        RefuseWithout(Bounds, "util-linux");
        await MustAsync(work, ["init", "--quiet", "--bare", "--template=", "."], cancellation);
        var wanted = await ResolveAsync(work, cancellation);
        if (trees.Find(KeyOf(wanted.Commit)) is { } kept)
        {
            log.Report($"{source.Url} is still at {wanted.Commit}.");
            return new FetchedSource(kept, wanted.Commit);
        }

        log.Report($"Fetching {wanted.Name} ({wanted.Commit}) of {source.Url}.");
        await FetchAsync(work, wanted, cancellation);
        return new FetchedSource(await UnpackAsync(work, wanted.Commit, cancellation), wanted.Commit);
    }

    /// <summary>Which commit is meant. A branch comes before a tag of the same name.</summary>
    private async Task<Wanted> ResolveAsync(string work, CancellationToken cancellation)
    {
        if (source.Branch is { } commit && RemoteSource.Git.IsCommit(commit))
        {
            return new Wanted(commit.ToLowerInvariant(), commit.ToLowerInvariant());
        }

        var name = source.Branch ?? UsualBranch;
        var named = new[] { $"refs/heads/{name}", $"refs/tags/{name}^{{}}", $"refs/tags/{name}" };
        var order = source.Branch is null ? [.. named, "HEAD"] : named;
        var known = await ReferencesAsync(work, order, cancellation);
        if (Array.Find(order, known.ContainsKey) is { } found)
        {
            return new Wanted(found.Replace("^{}", "", StringComparison.Ordinal), known[found]);
        }

        var all = await ReferencesAsync(work, ["refs/heads/*", "refs/tags/*"], cancellation);
        var some = all.Keys.Where(reference => !reference.EndsWith("^{}", StringComparison.Ordinal)).Take(ListedBranches);
        throw new NuaException(SourceProblems.NoSuchBranch(source, name, [.. some.Select(reference => reference.Split('/', 3)[^1])]));
    }

    private async Task<IReadOnlyDictionary<string, string>> ReferencesAsync(
        string work, IReadOnlyList<string> patterns, CancellationToken cancellation)
    {
        var lines = await MustAsync(work, ["ls-remote", "--quiet", "--", source.Url, .. patterns], cancellation);
        return lines
            .Select(line => line.Split('\t'))
            .Where(parts => parts is [{ Length: 40 or 64 }, _])
            .ToDictionary(parts => parts[1], parts => parts[0]);
    }

    /// <summary>The commit alone; all of the repository from servers that give nothing else.</summary>
    private async Task FetchAsync(string work, Wanted wanted, CancellationToken cancellation)
    {
        var shallow = await GitAsync(work, ["fetch", "--quiet", "--no-tags", "--depth=1", "--", source.Url, wanted.Name], cancellation);
        if (shallow.ExitCode != 0)
        {
            RefuseTooLarge(work);
            log.Report("The server does not give it alone; fetching all of the repository.");
            await MustAsync(
                work, ["fetch", "--quiet", "--", source.Url, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"], cancellation);
        }

        var present = await GitAsync(work, ["cat-file", "-e", $"{wanted.Commit}^{{commit}}"], cancellation);
        if (present.ExitCode != 0)
        {
            throw new NuaException(wanted.Name == wanted.Commit
                ? SourceProblems.NoSuchBranch(source, wanted.Name, [])
                : SourceProblems.Unreachable(source, "it changed in the meantime."));
        }
    }

    private async Task<string> UnpackAsync(string work, string commit, CancellationToken cancellation)
    {
        // All files are the source's, whatever its authors leave out of archives of their own, and as they are.
        Directory.CreateDirectory(Path.Combine(work, "info"));
        await File.WriteAllTextAsync(Path.Combine(work, "info", "attributes"), "* -export-ignore -export-subst\n", cancellation);
        var tree = Directory.CreateDirectory(Path.Combine(work, "tree")).FullName;
        var unpacked = new UnpackedFolder(tree, settings.Limits);
        var exit = await HostProcess.PipeAsync(
            CommandOf(work, ["archive", "--format=tar", commit]), tar => TarReading.RunAsync(tar, unpacked, cancellation), cancellation);
        if (exit != 0)
        {
            throw new NuaException(SourceProblems.BadArchive(source, "git cannot read what it fetched."));
        }

        var root = unpacked.Close();
        if (File.Exists(Path.Combine(root, ".gitmodules")))
        {
            log.Report("The repository has submodules, which are not fetched: their folders are empty.");
        }

        log.Report($"Unpacked {unpacked.Files} files, {unpacked.Bytes / 1e6:0.0} MB.");
        return trees.Keep(root, KeyOf(commit));
    }

    private static void RefuseWithout(string program, string package)
    {
        if (!HostProcess.Find(program).Any())
        {
            throw new NuaException(SourceProblems.ToolMissing(program, package));
        }
    }

    private async Task<IReadOnlyList<string>> MustAsync(string work, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var outcome = await GitAsync(work, arguments, cancellation);
        if (outcome.ExitCode != 0)
        {
            RefuseTooLarge(work);
            throw new NuaException(SourceProblems.Unreachable(source, WhyOf(outcome.Lines), outcome.Lines));
        }

        return outcome.Lines;
    }

    private async Task<Outcome> GitAsync(string work, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var lines = new List<string>();
        return new Outcome(await HostProcess.RunAsync(CommandOf(work, arguments), lines.Add, cancellation), lines);
    }

    /// <summary>Bounded by the kernel in what it writes: git itself takes whatever a server sends.</summary>
    private HostCommand CommandOf(string work, IReadOnlyList<string> arguments) => new(
        Bounds,
        [
            $"--fsize={settings.Limits.Bytes.ToString(CultureInfo.InvariantCulture)}",
            Program,
            "-C", work,
            "-c", "protocol.allow=never",
            "-c", "protocol.http.allow=always",
            "-c", "protocol.https.allow=always",
            "-c", "core.hooksPath=/dev/null",
            "-c", "core.bigFileThreshold=16m",
            "-c", "fetch.unpackLimit=1",
            "-c", "gc.auto=0",
            "-c", "http.lowSpeedLimit=1",
            "-c", $"http.lowSpeedTime={settings.Patience.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}",
            .. arguments,
        ])
    {
        Environment = Surroundings,
    };

    // Of a pack that was cut off, git tells nothing of use; but it leaves it there.
    private void RefuseTooLarge(string work)
    {
        var packs = new DirectoryInfo(work).EnumerateFiles("tmp_pack_*", SearchOption.AllDirectories);
        if (packs.Any(pack => pack.Length >= settings.Limits.Bytes))
        {
            throw new NuaException(SourceProblems.TooLarge(source, $"it has more than {settings.Limits.Bytes / 1e6:0} MB"));
        }
    }

    private static string WhyOf(IReadOnlyList<string> lines) =>
        lines.LastOrDefault(line => line.StartsWith("fatal: ", StringComparison.Ordinal))?["fatal: ".Length..] is not { } said
            ? "git says no more."
            : said.Contains("could not read", StringComparison.Ordinal) || said.Contains("Authentication failed", StringComparison.Ordinal)
                ? "the server asks for a name and a password: the repository is private, or there is none."
                : said;

    private string KeyOf(string commit) =>
        "git-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source.Url}\n{commit}")));

    /// <param name="Name">What the server is asked for.</param>
    /// <param name="Commit">What that stands for.</param>
    private sealed record Wanted(string Name, string Commit);

    private sealed record Outcome(int ExitCode, IReadOnlyList<string> Lines);
}
