using Nua.Core.Detecting;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Detecting;

public sealed class StarterConfigTests
{
    private static readonly ReadingOptions Strict = new(Strict: true);

    public static IEnumerable<TheoryDataRow<string, string, string>> Folders =>
    [
        new("nothing", "", ""),
        new("Dockerfile", "FROM scratch\nEXPOSE 80\nFROM scratch\nEXPOSE 3000/tcp 4000\n", "container = 3000"),
        new("requirements.txt", "flask", "# start"),
        new("package.json", """{ "scripts": { "start": "node ." } }""", "start = \"npm start\""),
        new("index.html", "", "document-root = \".\""),
        new("public/index.html", "", "document-root = \"public\""),
        new("dist/a.whl", "", "# Recognised: python-wheels"),
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_first_config_is_valid_and_says_what_was_recognised(string file, string content, string expected)
    {
        var text = Write("My Shop", file, content);

        var reading = PackageReader.Inspect("nua-config.toml", text, Strict);

        Assert.Empty(reading.Findings);
        Assert.Equal(("my-shop", "My Shop", "me"), (reading.Package!.Metadata.Id, reading.Package.Metadata.Title, reading.Package.Metadata.Author));
        Assert.Single(reading.Package.Ports);
        Assert.Contains(expected, text);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void What_it_proposes_in_comments_is_valid_too(string file, string content, string expected)
    {
        var lines = Write("shop", file, content).Split('\n');
        var proposed = lines.Select(line => line.StartsWith("# ", StringComparison.Ordinal) && (line.Contains(" = ") || line.StartsWith("# [", StringComparison.Ordinal)) ? line[2..] : line);

        var reading = PackageReader.Inspect("nua-config.toml", string.Join('\n', proposed), Strict);

        Assert.Empty(reading.Findings);
        Assert.Equal("database", Assert.Single(reading.Package!.Providers).Name);
        Assert.Contains(expected.TrimStart('#', ' '), string.Join('\n', proposed));
    }

    [Theory]
    [InlineData("", "my-app")]
    [InlineData("...", "my-app")]
    [InlineData("A \"quoted\" \\ name\n", "a-quoted-name")]
    [InlineData("nua.shop_2", "nua-shop-2")]
    public void Any_folder_name_gives_a_valid_id(string folder, string id)
    {
        var reading = PackageReader.Inspect("a.toml", StarterConfig.Write(folder, "", []), Strict);

        Assert.Empty(reading.Findings);
        Assert.Equal(id, reading.Package!.Metadata.Id);
    }

    private static string Write(string folder, string file, string content) =>
        StarterConfig.Write(folder, "me", Detector.Detect([file], path => path == file ? content : null));
}
