using System.Text;
using System.Text.Json;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Testing;

namespace Nua.Tests.Core.Packages;

/// <summary>Sound configs and sites files to break: the annotated example, small ones, and the corpus, in each of the three formats.</summary>
internal static class ConfigSamples
{
    public static readonly string[] Formats = ["toml", "yaml", "json"];

    private static readonly JsonSerializerOptions Spread = new() { WriteIndented = true };

    /// <summary>The texts of each format.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All()
    {
        List<(string File, string Text)> written = [("a.toml", ExampleConfig.Text), ("a.yaml", Yaml), ("a.toml", Toml), ("a.toml", Sites)];
        if (!Corpus.IsAbsent)
        {
            written.AddRange(Corpus.Configs.Concat(Corpus.InvalidConfigs).Concat(Corpus.Sites).Select(row => (row.Data, Corpus.Text(row.Data))));
        }

        return Formats.ToDictionary(format => format, IReadOnlyList<string> (format) => [.. written.Select(sample => In(format, sample.File, sample.Text))]);
    }

    /// <summary>As it is written where it is written in that format, and otherwise what it says.</summary>
    private static string In(string format, string file, string text)
    {
        var extension = Path.GetExtension(file).TrimStart('.').Replace("yml", "yaml", StringComparison.Ordinal);
        if (extension == format)
        {
            return text;
        }

        var tree = Tree.Parse(new SourceText(file, text, new ReadingOptions()))!;
        return format switch
        {
            "json" => Indented(NodeJson.Text(tree)),
            "yaml" => BlockYaml("", tree).TrimStart('\n'),
            _ => FlatToml(tree),
        };
    }

    private static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Spread);
    }

    private static string BlockYaml(string indent, Node node) => node switch
    {
        TableNode { Count: > 0 } table =>
            string.Concat(table.Entries.Select(entry => $"\n{indent}{Key(entry.Key)}:{BlockYaml(indent + "  ", entry.Value)}")),
        ListNode { Items.Count: > 0 } list =>
            string.Concat(list.Items.Select(item => $"\n{indent}-{BlockYaml(indent + "  ", item)}")),
        TextNode text when text.Value.TrimEnd().Contains('\n') && !text.Value.StartsWith(' ') =>
            $" |\n{indent}{text.Value.TrimEnd().Replace("\n", $"\n{indent}", StringComparison.Ordinal)}",
        _ => $" {NodeJson.Text(node)}",
    };

    /// <summary>A section for each table at the top, and everything in it on a line of its own.</summary>
    private static string FlatToml(TableNode root)
    {
        var text = new StringBuilder();
        foreach (var entry in root.Entries.OrderBy(entry => entry.Value is TableNode))
        {
            text.Append(entry.Value is TableNode table
                ? $"[{Key(entry.Key)}]\n{string.Concat(table.Entries.Select(Line))}"
                : Line(entry));
        }

        return text.ToString();
    }

    private static string Line(Entry entry) => entry.Value is NullNode ? "" : $"{Key(entry.Key)} = {InlineToml(entry.Value)}\n";

    private static string InlineToml(Node node) => node switch
    {
        TableNode table => $"{{ {string.Join(", ", table.Entries.Where(entry => entry.Value is not NullNode).Select(entry => $"{Key(entry.Key)} = {InlineToml(entry.Value)}"))} }}",
        ListNode list => $"[{string.Join(", ", list.Items.Where(item => item is not NullNode).Select(InlineToml))}]",
        _ => NodeJson.Text(node),
    };

    private static string Key(string key) =>
        key.Length > 0 && key.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_') ? key : JsonSerializer.Serialize(key);

    private const string Toml =
        """
        [metadata]
        id = "notes"
        version = "1.0"
        title = "Notes"
        author = "us"
        tags = []
        [port.web]
        container = 80
        [[provider]]
        name = "db"
        module-name = "postgres"
        connector = []
        volume = []
        """;

    private const string Sites =
        """
        [[site]]
        image = "notes"
        domain = "a.example.org/b"
        label = "My Notes"
        [site.port.web]
        host = 8080
        [[site.volume]]
        name = "files"
        target = "/files"
        [[site.provider]]
        name = "db"
        env = { A = 1 }
        [[site.test]]
        url = "/"
        expect_str = "hello"
        """;

    private const string Yaml =
        """
        metadata: &me
          id: notes
          version: "1.0"
          title: Notes
          author: us
        build:
          license: MIT
          build: |
            make
            make install
        env: {A: yes, B: [1, 2], C: {random: true, length: 24}, D: {unique_user: true, persistent: false}}
        volume:
        - &v {name: uploads, target: /up, backup: {method: tgz_volumes, frequency: daily}}
        - {<<: *v, target: /down}
        site:
        - image: notes
          domain: a.example.org/b
          label: "My Notes"
        """;
}
