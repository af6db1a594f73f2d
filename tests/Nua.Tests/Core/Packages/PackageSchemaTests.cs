using System.Text.Json;
using System.Text.RegularExpressions;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Core.Packages;

public sealed class PackageSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(PackageSchema.ToJson()).RootElement;

    [Fact]
    public void The_example_is_valid_by_the_schema() => Assert.Empty(Complaints("a.toml", ExampleConfig.Text));

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void Every_config_the_reader_has_nothing_to_say_about_is_valid_by_the_schema(string file)
    {
        // What the reader calls an old spelling or a mistake an editor may underline.
        if (PackageReader.Inspect(file, Corpus.Text(file)).Findings.Count == 0)
        {
            Assert.Empty(Complaints(file, Corpus.Text(file)));
        }
    }

    [Theory]
    [InlineData("[metadata]\nid = 'a'", "metadata: author is missing")]
    [InlineData("[metadata]\nid = []", "metadata.id: not one of the types")]
    [InlineData("[bulid]", "bulid: unknown")]
    [InlineData("[port.web]\ncontainer = 70000", "port.web.container: no alternative fits")]
    [InlineData("[update]\nstrategy = 'fast'", "update.strategy: not one of the words")]
    public void Mistakes_are_found_by_the_schema_too(string text, string complaint) =>
        Assert.Contains(complaint, Complaints("a.toml", text));

    [Fact]
    public void Old_spellings_are_known_and_struck_through()
    {
        var old = Schema.GetProperty("properties").GetProperty("metadata").GetProperty("properties").GetProperty("license");

        Assert.True(old.GetProperty("deprecated").GetBoolean());
        Assert.Equal("Old spelling of build.license.", old.GetProperty("description").GetString());
    }

    [Fact]
    public void A_misspelt_key_with_an_underscore_is_found() =>
        Assert.Contains("build.scr_url: unknown", Complaints("a.toml", "[build]\nscr_url = 'x'\nsrc_url = 'x'\n"));

    [Fact]
    public void The_normal_form_of_the_example_is_valid_by_the_schema() =>
        Assert.Empty(Complaints("a.json", PackageWriter.ToJson(PackageReader.Read("a.toml", ExampleConfig.Text))));

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void The_normal_form_of_every_config_is_valid_by_the_schema(string file) =>
        Assert.Empty(Complaints("a.json", PackageWriter.ToJson(PackageReader.Read(file, Corpus.Text(file)))));

    [Fact]
    public void Old_spellings_are_no_mistakes() => Assert.Empty(Complaints("a.toml", """
        [metadata]
        id = "a"
        version = "1"
        title = "t"
        author = "x"
        src_checksum = ""
        [run.env]
        A = "1"
        [[assign]]
        key = "B"
        random_str = true
        [instance.x]
        key = "C"
        [port.web]
        container = 80
        host = "auto"
        [[volume]]
        type = "volume"
        source = "v"
        target = "/v"
        backup = { method = "sync", destination = "local" }
        [[volume.options]]
        o = "1"
        [[resource]]
        name = "r"
        [[provider]]
        name = "p"
        type = "postgres"
        version = "14"
        plugin_name = "x"
        """));

    private static IEnumerable<string> Complaints(string file, string text)
    {
        var tree = Tree.Parse(new SourceText(file, text, new ReadingOptions()))!;
        return Check("", Schema, JsonDocument.Parse(NodeJson.Text(tree)).RootElement);
    }

    /// <summary>As much of JSON Schema as ours uses.</summary>
    private static IEnumerable<string> Check(string path, JsonElement schema, JsonElement value) =>
        schema.EnumerateObject().SelectMany(rule => value.ValueKind switch
        {
            JsonValueKind.Object => CheckTable(path, schema, rule, value),
            JsonValueKind.Array when rule.Name == "items" =>
                value.EnumerateArray().SelectMany((item, index) => Check($"{path}[{index}]", rule.Value, item)),
            JsonValueKind.String when rule.Name == "pattern" => Unless(Matches(rule.Value, value.GetString()!), $"{path}: does not match"),
            JsonValueKind.Number => CheckNumber(path, rule, value.GetDouble()),
            _ => [],
        }).Concat(schema.EnumerateObject().SelectMany(rule => CheckKind(path, rule, value)));

    private static IEnumerable<string> CheckKind(string path, JsonProperty rule, JsonElement value) => rule.Name switch
    {
        "type" => Unless(IsOfType(rule.Value, value), $"{path}: not one of the types"),
        "enum" => Unless(rule.Value.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)), $"{path}: not one of the words"),
        "anyOf" => Unless(rule.Value.EnumerateArray().Any(one => !Check(path, one, value).Any()), $"{path}: no alternative fits"),
        _ => [],
    };

    private static IEnumerable<string> CheckNumber(string path, JsonProperty rule, double value) => rule.Name switch
    {
        "minimum" => Unless(value >= rule.Value.GetDouble(), $"{path}: too small"),
        "maximum" => Unless(value <= rule.Value.GetDouble(), $"{path}: too large"),
        _ => [],
    };

    private static IEnumerable<string> CheckTable(string path, JsonElement schema, JsonProperty rule, JsonElement value) => rule.Name switch
    {
        "required" => rule.Value.EnumerateArray().Where(key => !value.TryGetProperty(key.GetString()!, out _)).Select(key => $"{path}: {key} is missing"),
        "additionalProperties" => CheckKeys(path, schema, rule.Value, value),
        _ => [],
    };

    private static IEnumerable<string> Unless(bool holds, string complaint) => holds ? [] : [complaint];

    private static IEnumerable<string> CheckKeys(string path, JsonElement schema, JsonElement additional, JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            var inner = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var complaints =
                schema.TryGetProperty("properties", out var known) && known.TryGetProperty(property.Name, out var own) ? Check(inner, own, property.Value)
                : additional.ValueKind == JsonValueKind.Object ? Check(inner, additional, property.Value)
                : [$"{inner}: unknown"];
            foreach (var complaint in complaints)
            {
                yield return complaint;
            }
        }
    }

    private static bool Matches(JsonElement pattern, string text) =>
        Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static bool IsOfType(JsonElement types, JsonElement value) => types.ValueKind == JsonValueKind.Array
        ? types.EnumerateArray().Any(type => IsOfType(type, value))
        : types.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "number" => value.ValueKind == JsonValueKind.Number,
            "null" => value.ValueKind == JsonValueKind.Null,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            _ => false,
        };
}
