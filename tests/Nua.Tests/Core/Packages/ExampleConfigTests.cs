using System.Text.RegularExpressions;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>The annotated example and the reference say everything the reader knows, and nothing it does not.</summary>
public sealed class ExampleConfigTests
{
    [Fact]
    public void The_example_is_a_sound_config() =>
        Assert.Empty(PackageReader.Inspect("nua-config.example.toml", ExampleConfig.Text, new ReadingOptions(Strict: true)).Findings);

    [Fact]
    public void The_example_survives_the_normal_form()
    {
        var normal = PackageWriter.ToJson(PackageReader.Read("a.toml", ExampleConfig.Text));

        Assert.Equal(normal, PackageWriter.ToJson(PackageReader.Read("a.json", normal, new ReadingOptions(Strict: true))));
    }

    [Fact]
    public void The_example_explains_every_key_the_reader_knows() =>
        Assert.All(KeysOf("", PackageReader.Describe()), path => Assert.NotNull(PackageSchema.DescriptionOf(path)));

    [Fact]
    public void The_reference_names_every_key_the_reader_knows()
    {
        var reference = File.ReadAllText(Path.Combine(Repository(), "docs", "nua-config.md"));
        var named = Regex.Matches(reference, "`(?<key>[a-z_.-]+)`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["key"].Value)
            .ToHashSet();

        Assert.Subset(named, KeysOf("", PackageReader.Describe()).Select(path => path[(path.LastIndexOf('.') + 1)..]).ToHashSet());
    }

    private static IEnumerable<string> KeysOf(string path, Shape shape) => shape switch
    {
        Shape.Table table => table.Keys.Keys.SelectMany(key => KeysOf(path.Length == 0 ? key.Key : $"{path}.{key.Key}", key.Value.Shape)
            .Prepend(path.Length == 0 ? key.Key : $"{path}.{key.Key}")),
        Shape.ListOf list => KeysOf($"{path}[]", list.Item),
        Shape.MapOf map => KeysOf($"{path}.*", map.Value),
        Shape.Either either => KeysOf(path, either.One).Concat(KeysOf(path, either.Other)),
        _ => [],
    };

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nua.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
