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
        new("composer.json", "{}", "# start"),
        new("app.cs", "#:sdk Microsoft.NET.Sdk.Web\n", "start = \"./app\""),
        new("config.ru", "run Shop", "start = \"rackup"),
        new("web/index.php", "", "container = 8080"),
        new("index.html", "", "document-root = \".\""),
        new("public/index.html", "", "document-root = \"public\""),
        new("dist/a.whl", "", "# Recognised: python-wheels"),
    ];

    [Theory]
    [InlineData("Rocket 🚀")]
    [InlineData("tab\there \"quoted\" back\\slash \u2028 \u0001 é 漢")]
    public void A_name_of_any_signs_becomes_a_title(string folder)
    {
        var text = StarterConfig.Write(folder, "Ada 𝒜", []);

        var package = PackageReader.Read("nua-config.toml", text, Strict);
        Assert.Equal((folder, "Ada 𝒜"), (package.Metadata.Title, package.Metadata.Author));
    }

    [Theory]
    [InlineData("dist/a\n[env]\nSTOLEN = \"1\"\n-1.0-py3-none-any.whl")]
    [InlineData("a\r[env]\u0085\u2028.whl")]
    public void A_file_name_cannot_add_sections(string wheel)
    {
        var text = StarterConfig.Write("app", "us", Detector.Detect([wheel], _ => null));

        Assert.DoesNotContain("STOLEN", PackageReader.Read("nua-config.toml", text).Env.Keys);
        Assert.Single(text.Split('\n', '\r', '\u0085', '\u2028'), line => line.Contains(".whl", StringComparison.Ordinal));
        Assert.Contains(text.Split('\n'), line => line.StartsWith("# Recognised", StringComparison.Ordinal) && line.EndsWith("wheel.", StringComparison.Ordinal));
    }

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
