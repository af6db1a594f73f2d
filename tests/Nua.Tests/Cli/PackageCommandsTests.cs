using System.Text.Json;
using Nua.Api;
using Nua.Cli;
using Nua.Cli.Output;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Cli;

/// <summary>The commands that look at a package here, without the server.</summary>
public sealed class PackageCommandsTests : IDisposable
{
    private const string Sound = "[metadata]\nid = 'notes'\nversion = '1.0'\ntitle = 'Notes'\nauthor = 'us'\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("nua-cli-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Validate_names_the_image_of_a_sound_config()
    {
        Write("nua-config.toml", Sound);

        Assert.Equal(0, await RunAsync("validate", _folder));

        Assert.EndsWith("nua-config.toml is valid: nua-notes:1.0\n", _output.ToString());
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Validate_says_every_mistake_with_its_place_and_what_to_do()
    {
        Write("nua-config.toml", Sound.Replace("title", "titel", StringComparison.Ordinal));

        Assert.Equal(2, await RunAsync("validate", _folder));

        Assert.Contains("nua-config.toml:1:2: error: 'metadata.title' is missing or empty. [package.missing-key]", _output.ToString());
        Assert.Contains("nua-config.toml:4:1: warning: Nothing reads 'metadata.titel'. [package.unknown-key]\n  hint: Did you mean 'title'?", _output.ToString());
        Assert.EndsWith("is not valid (1 error, 1 warning)\n", _output.ToString());
    }

    [Fact]
    public async Task Validate_takes_a_warning_for_an_error_when_asked_to_be_strict()
    {
        Write("nua-config.toml", Sound + "[bulid]\n");

        Assert.Equal(0, await RunAsync("validate", _folder));
        Assert.Equal(2, await RunAsync("validate", _folder, "--strict"));
    }

    [Fact]
    public async Task Validate_answers_a_program_with_one_document()
    {
        Write("nua-config.toml", Sound + "license = 'MIT'\n");

        Assert.Equal(0, await RunAsync("validate", _folder, "--json"));

        using var answer = JsonDocument.Parse(_output.ToString());
        Assert.True(answer.RootElement.GetProperty("valid").GetBoolean());
        var finding = answer.RootElement.GetProperty("findings")[0];
        Assert.Equal(("note", 6), (finding.GetProperty("severity").GetString(), finding.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Validate_reads_sites_files_too()
    {
        Write("sites.toml", "[[site]]\nimage = 'notes'\ndomain = 'a.org'\n");

        Assert.Equal(0, await RunAsync("validate", Path.Combine(_folder, "sites.toml")));
        Assert.EndsWith("sites.toml is valid: 1 site\n", _output.ToString());
    }

    [Fact]
    public async Task Where_there_is_no_config_the_hint_is_init()
    {
        Assert.Equal(3, await RunAsync("validate", _folder));

        Assert.Contains("[package.not-found]", _error.ToString());
        Assert.Contains("nua init", _error.ToString());
    }

    [Fact]
    public async Task Config_show_answers_a_program_with_the_normal_form()
    {
        Write("nua-config.toml", Sound);

        Assert.Equal(0, await RunAsync("config", "show", _folder, "--json"));

        Assert.Equal(PackageWriter.ToJson(PackageReader.Read("a.toml", Sound)), _output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Config_show_tells_a_reader_what_the_config_says()
    {
        Write("nua-config.toml", Sound + "tags = ['a', 'é']\n[port.web]\ncontainer = 80\n");

        Assert.Equal(0, await RunAsync("config", "show", _folder));

        Assert.Equal(
            """
            metadata.id = "notes"
            metadata.version = "1.0"
            metadata.title = "Notes"
            metadata.author = "us"
            metadata.tags = ["a","é"]
            port.web.container = 80
            port.web.protocol = "tcp"
            port.web.ssl = true
            port.web.web = true

            """,
            _output.ToString());
    }

    [Fact]
    public async Task Config_show_refuses_what_is_not_valid()
    {
        Write("nua-config.toml", "[metadata]\n");

        Assert.Equal(2, await RunAsync("config", "show", _folder));
        Assert.Contains("package.missing-key", _error.ToString());
    }

    [Fact]
    public async Task Config_show_says_beside_what_was_understood_what_was_not()
    {
        Write("nua-config.toml", Sound + "license = 'MIT'\n[bulid]\n");

        Assert.Equal(0, await RunAsync("config", "show", _folder, "--json"));

        Assert.Contains("nua-config.toml:6:1: note: 'metadata.license' is an old spelling.", _error.ToString());
        Assert.Contains("nua-config.toml:7:2: warning: Nothing reads 'bulid'. Did you mean 'build'?", _error.ToString());
        Assert.Equal(PackageWriter.ToJson(PackageReader.Read("a.toml", Sound + "license = 'MIT'\n")), _output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Validate_says_where_a_file_is_no_text()
    {
        File.WriteAllBytes(Path.Combine(_folder, "nua-config.toml"), [.. "[metadata]\nid = '"u8, 0xE9, (byte)'\'']);

        Assert.Equal(2, await RunAsync("validate", _folder));

        Assert.Contains("nua-config.toml:2:7: error: This byte is not part of a text in UTF-8. [package.not-utf8]", _output.ToString());
        Assert.EndsWith("nua-config.toml is not valid (1 error)\n", _output.ToString());
    }

    [Theory]
    [InlineData("nua-config.toml", Sound, "[port.web]\ncontainer = 0\n")]
    [InlineData("sites.toml", "[[site]]\nimage = 'a'\ndomain = 'a.org'\n", "[site.port.web]\ncontainer = 0\n")]
    public async Task Validate_finds_an_error_among_any_number_of_warnings(string file, string start, string end)
    {
        Write(file, start + string.Concat(Enumerable.Range(0, 300).Select(number => $"x{number} = 1\n")) + end);

        Assert.Equal(2, await RunAsync("validate", Path.Combine(_folder, file)));
        Assert.Contains("And 101 more findings.", _output.ToString());
    }

    [Fact]
    public async Task Config_show_is_not_a_bug_whatever_lies_how_deep()
    {
        Write("nua-config.yaml", "docker:\n  a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 70).Select(level => $"  a{level}: &a{level} [*a{level - 1}]\n")));

        Assert.Equal(2, await RunAsync("config", "show", _folder));
        Assert.Contains("[package.too-deep]", _error.ToString());
    }

    [Fact]
    public async Task Init_takes_a_file_of_any_name_for_a_name()
    {
        Write("a\n[env]\nSTOLEN = \"1\"\n#.whl", "");

        Assert.Equal(0, await RunAsync("init", _folder));
        Assert.DoesNotContain("STOLEN", PackageReader.Read(PackageLocator.Find(_folder)).Env.Keys);
    }

    [Fact]
    public async Task Config_schema_is_a_JSON_Schema()
    {
        Assert.Equal(0, await RunAsync("config", "schema"));

        using var schema = JsonDocument.Parse(_output.ToString());
        Assert.Equal("http://json-schema.org/draft-07/schema#", schema.RootElement.GetProperty("$schema").GetString());
    }

    [Fact]
    public async Task Init_writes_a_config_that_validates()
    {
        Write("package.json", """{ "scripts": { "start": "node server.js" } }""");

        Assert.Equal(0, await RunAsync("init", _folder));

        Assert.Contains("recognised node: package.json describes an npm package", _output.ToString());
        var package = PackageReader.Read(PackageLocator.Find(_folder), new ReadingOptions(Strict: true));
        Assert.Equal(["npm start"], package.Run.Start);
    }

    [Fact]
    public async Task Init_replaces_nothing_unless_told_to()
    {
        Write("nua-config.toml", "mine");

        Assert.Equal(4, await RunAsync("init", _folder));
        Assert.Equal("mine", Read("nua-config.toml"));
        Assert.Contains("--force", _error.ToString());

        Assert.Equal(0, await RunAsync("init", _folder, "--force"));
        Assert.StartsWith("# What this application is", Read("nua-config.toml"));
    }

    [Fact]
    public async Task Init_never_writes_a_config_that_another_one_would_hide()
    {
        Write("nua-config.json", "{}");

        Assert.Equal(4, await RunAsync("init", _folder, "--force"));
        Assert.Equal(["nua-config.json"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Init_needs_a_folder()
    {
        Assert.Equal(3, await RunAsync("init", Path.Combine(_folder, "nowhere")));
        Assert.Contains("[cli.no-such-folder]", _error.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        var choice = Surroundings.Nothing.ChoiceIn(NuaHome.Under(_folder), Path.Combine(_folder, "no-such.sock"));
        var terminal = new Terminal(_output, _error, TerminalLook.Plain, TimeProvider.System);
        return await NuaCommand.RunAsync(arguments, choice, terminal);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));
}
