using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Builders;

/// <summary>Which files a <c>requirements.txt</c> draws in.</summary>
/// <param name="Files">It, and those it includes; none when there is no such file.</param>
/// <param name="DependOnSource">It names something in the source tree that is not one of those files.</param>
internal sealed record Requirements(IReadOnlyList<string> Files, bool DependOnSource)
{
    public static Requirements Read(SourceFolder project, string file)
    {
        var files = new List<string>();
        var dependOnSource = false;
        var pending = new Queue<string>([file]);
        while (pending.TryDequeue(out var next))
        {
            if (files.Contains(next) || !project.Has(next))
            {
                continue;
            }

            files.Add(next);
            foreach (var line in (project.Read(next) ?? "").Split('\n').Select(line => line.Trim()))
            {
                dependOnSource |= IsLocal(line);
                if (IncludedBy(line) is { } included)
                {
                    pending.Enqueue(Beside(next, included));
                }
            }
        }

        return new Requirements(files, dependOnSource);
    }

    private static bool IsLocal(string line) =>
        line.StartsWith('.') || line.StartsWith('/')
        || line.StartsWith("-e", StringComparison.Ordinal) || line.StartsWith("--editable", StringComparison.Ordinal)
        || line.Contains("file:", StringComparison.Ordinal);

    private static string? IncludedBy(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is ["-r" or "-c" or "--requirement" or "--constraint", var path, ..]
            ? path
            : null;

    private static string Beside(string file, string path) =>
        Path.GetDirectoryName(file) is { Length: > 0 } folder ? $"{folder}/{path}" : path;
}
