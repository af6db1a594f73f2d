using System.Diagnostics;

namespace Nua.IntegrationTests.Sources;

/// <summary>A git repository that grows during a test.</summary>
internal sealed class Repository
{
    private readonly string _folder;

    /// <param name="folder">Where it is made.</param>
    public Repository(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        Git("init", "--quiet", "--initial-branch=main");
    }

    /// <summary>Writes a file and commits it; answers with the commit.</summary>
    public string Commit(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return Commit();
    }

    public string Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message=Change");
        return Git("rev-parse", "HEAD");
    }

    public string Git(params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", _folder, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
    }
}
