using System.Text.RegularExpressions;

namespace Nua.Core.Detecting;

/// <summary>The files of a folder as detection rules see them: paths with <c>/</c>, read at most once.</summary>
internal sealed partial class SourceTree(IReadOnlyCollection<string> relativePaths, Func<string, string?> readText)
{
    private readonly HashSet<string> _paths = [.. relativePaths.Select(path => path.Replace('\\', '/'))];
    private readonly Dictionary<string, string> _texts = [];

    /// <summary>Every path, in an order that does not depend on the disk.</summary>
    public IEnumerable<string> Paths => _paths.Order(StringComparer.Ordinal);

    public bool Has(string path) => _paths.Contains(path);

    public bool HasFolder(string name) =>
        _paths.Any(path => path.StartsWith(name, StringComparison.Ordinal) && path.Length > name.Length && path[name.Length] == '/');

    /// <summary>Those of the given paths that exist, in the given order.</summary>
    public IReadOnlyList<string> Existing(params IEnumerable<string> paths) => [.. paths.Where(Has)];

    public string? FirstExisting(params IEnumerable<string> paths) => paths.FirstOrDefault(Has);

    /// <summary>The text of a file; empty when there is none.</summary>
    public string Text(string path)
    {
        if (!_texts.TryGetValue(path, out var text))
        {
            text = Has(path) ? readText(path) ?? "" : "";
            _texts[path] = text;
        }

        return text;
    }

    /// <summary>The first of the files that names a thing as a whole word, whatever its case.</summary>
    public string? WhoNames(string word, IEnumerable<string> files) =>
        files.FirstOrDefault(file => Names(Text(file), word));

    private static bool Names(string text, string word)
    {
        foreach (var match in Words.EnumerateMatches(text))
        {
            if (text.AsSpan(match.Index, match.Length).Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9_-]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words { get; }
}
