using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using Nua.Engine.Images.Mirrors;

namespace Nua.Engine.Build.Dockerfiles;

/// <summary>Writes a Dockerfile: what the oldest BuildKit understands, so no heredocs and no linked copies.</summary>
internal sealed class DockerfileText(PackageSources packages)
{
    /// <summary>The shell of our own stages: what fails in a line, or in a pipe of it, fails the line.</summary>
    public static readonly IReadOnlyList<string> Bash = ["/bin/bash", "-e", "-o", "pipefail", "-c"];

    private static readonly SearchValues<char> PlainInPaths =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%~{}$");

    private readonly StringBuilder _text = new();

    private IReadOnlyList<string> _shell = Bash;

    /// <summary>Where its steps get packages.</summary>
    public PackageSources Packages => packages;

    public override string ToString() => _text.ToString();

    public DockerfileText Comment(string text) => Line($"# {text}");

    public DockerfileText Argument(string name) => Line($"ARG {name}");

    /// <summary>Begins a stage.</summary>
    public DockerfileText From(string image, string? name = null) =>
        Line("").Line(name is null ? $"FROM {image}" : $"FROM {image} AS {name}");

    public DockerfileText WorkIn(string folder) => Line($"WORKDIR {folder}");

    public DockerfileText As(string user) => Line($"USER {user}");

    public DockerfileText Env(IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (name, value) in variables)
        {
            Line($"ENV {name}={Quote(value)}");
        }

        return this;
    }

    public DockerfileText Copy(string source, string target, string? from = null, string? owner = null) =>
        Copy([source], target, from, owner);

    public DockerfileText Copy(IReadOnlyList<string> sources, string target, string? from = null, string? owner = null)
    {
        var options = (from is null ? "" : $"--from={from} ") + (owner is null ? "" : $"--chown={owner} ");
        string[] words = [.. sources, target];
        return Line($"COPY {options}{(words.Any(NeedsJson) ? Json(words) : string.Join(' ', words))}");
    }

    /// <summary>Runs a shell line. What a line of a Dockerfile cannot hold as it is goes in as a list of arguments.</summary>
    public DockerfileText Run(string command, params IReadOnlyList<string> mounts)
    {
        var options = string.Concat(mounts.Select(mount => $"--mount={mount} \\\n    "));
        return Line($"RUN {options}{(IsPlain(command) ? command : Json([.. _shell, command]))}");
    }

    /// <summary>Runs a program with whatever shell the image has, or none.</summary>
    public DockerfileText RunBare(params IReadOnlyList<string> command) => Line($"RUN {Json(command)}");

    /// <summary>Runs a program that is only lent to the step.</summary>
    public DockerfileText RunLent(string mount, params IReadOnlyList<string> command) => Line($"RUN --mount={mount} \\\n    {Json(command)}");

    public DockerfileText EntryPoint(params IReadOnlyList<string> command) => Line($"ENTRYPOINT {Json(command)}");

    public DockerfileText Shell(params IReadOnlyList<string> command)
    {
        _shell = command;
        return Line($"SHELL {Json(command)}");
    }

    private DockerfileText Line(string line)
    {
        _text.Append(line).Append('\n');
        return this;
    }

    private static bool IsPlain(string command) =>
        !command.Contains('\n') && !command.Contains("<<", StringComparison.Ordinal) && !command.EndsWith('\\')
        && command.TrimStart() is { Length: > 0 } text && text[0] is not ('[' or '-' or '#');

    // A line break in a path would begin an instruction.
    private static bool NeedsJson(string path) => path.AsSpan().ContainsAnyExcept(PlainInPaths);

    private static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal)}\"";

    private static string Json(IReadOnlyList<string> words) =>
        $"[{string.Join(", ", words.Select(word => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(word)}\""))}]";
}
