using System.Text.RegularExpressions;

namespace Nua.Core.Packages;

/// <summary>
/// The annotated example: a config that says everything, and in the comment above each key what the key is for. It is
/// documentation, test, and where the JSON Schema has its descriptions from.
/// </summary>
public static partial class ExampleConfig
{
    private const string Resource = "nua-config.example.toml";

    /// <summary>The example as it is.</summary>
    public static string Text { get; } = Load();

    /// <summary>The comment above each key and each table, by paths such as <c>volume[].name</c> and <c>env.*.key</c>.</summary>
    internal static IReadOnlyDictionary<string, string> Comments { get; } = Collect(Text);

    private static string Load()
    {
        using var stream = typeof(ExampleConfig).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, string> Collect(string text)
    {
        Dictionary<string, string> comments = [];
        List<string> above = [];
        var table = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                above.Add(line[2..]);
                continue;
            }

            if (Header.Match(line) is { Success: true } header)
            {
                table = PathOf(header.Groups["name"].Value, isList: line.StartsWith("[[", StringComparison.Ordinal));
                Keep(comments, table.TrimEnd('[', ']'), above);
            }
            else if (Key.Match(line) is { Success: true } key)
            {
                Keep(comments, $"{table}.{key.Groups["name"].Value}", above);
            }

            above.Clear();
        }

        return comments;
    }

    private static void Keep(Dictionary<string, string> comments, string path, List<string> lines)
    {
        if (lines.Count > 0)
        {
            comments.TryAdd(path, string.Join(' ', lines));
        }
    }

    /// <summary><c>port.web</c> is <c>port.*</c>: the name is the packager's own. <c>provider.volume</c> is inside a list.</summary>
    private static string PathOf(string header, bool isList)
    {
        var parts = header.Split('.');
        if (parts is [.., "port" or "env", _])
        {
            parts[^1] = "*";
        }

        if (parts is ["provider" or "volume" or "test", _, ..])
        {
            parts[0] += "[]";
        }

        return string.Join('.', parts) + (isList ? "[]" : "");
    }

    [GeneratedRegex(@"^\[{1,2}(?<name>[A-Za-z_.-]+)\]{1,2}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header { get; }

    [GeneratedRegex(@"^(?<name>[A-Za-z_-]+) = ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key { get; }
}
