using Nua.Core.Problems;
using Xunit;

namespace Nua.Tests.Engine.Build;

public sealed class BuilderChoiceTests
{
    private static readonly (string, string) PackageJson = ("package.json", """{"scripts": {"start": "node ."}}""");
    private static readonly (string, string) Requirements = ("requirements.txt", "flask\n");
    private static readonly (string, string) Page = ("index.html", "<p>");
    private const string Start = "[run]\nstart = \"serve\"\n";

    [Fact]
    public void A_builder_that_is_named_wins_over_what_the_files_suggest()
    {
        var plan = Planning.Plan("[build]\nbuilder = \"python\"\n" + Start, PackageJson);

        Assert.Equal("python", plan.Builder);
        Assert.Equal("[build] builder is \"python\"", plan.Because);
        Assert.Empty(plan.DecidingFiles);
    }

    [Fact]
    public void A_base_image_is_wrapped_whatever_the_files_are()
    {
        var plan = Planning.Plan("[build]\nbase-image = \"shop:{version}\"\n", Requirements);

        Assert.Equal("wrap", plan.Builder);
        Assert.Null(plan.SourceAt);
        Assert.Equal("shop:1.2", Assert.Single(plan.Bases).Value.RegistryReference);
    }

    [Fact]
    public void With_method_build_a_base_image_takes_the_place_of_the_builders_own()
    {
        var plan = Planning.Plan("[build]\nmethod = \"build\"\nbase-image = \"python:3.12\"\n" + Start, Requirements);

        Assert.Equal("python", plan.Builder);
        Assert.Equal("python:3.12", plan.Bases["NUA_BASE"].RegistryReference);
    }

    [Fact]
    public void An_own_Dockerfile_goes_before_a_language()
    {
        var plan = Planning.Plan("", ("Dockerfile", "FROM scratch\n"), Requirements);

        Assert.Equal("dockerfile", plan.Builder);
        Assert.Equal(["Dockerfile"], plan.DecidingFiles);
    }

    [Fact]
    public void A_Dockerfile_at_the_root_is_for_others_when_there_is_a_nua_folder()
    {
        var plan = Planning.Plan(Start, ("Dockerfile", "FROM scratch\n"), ("nua/notes.txt", "x"), Requirements);

        Assert.Equal("python", plan.Builder);
    }

    [Fact]
    public void Files_decide_otherwise_and_are_named()
    {
        Assert.Equal("node", Planning.Plan("", PackageJson, Page).Builder);
        Assert.Equal("static", Planning.Plan("", Page).Builder);
        Assert.Equal("php", Planning.Plan("", ("public/index.php", "<?php"), PackageJson, Page).Builder);
        Assert.Equal("php", Planning.Plan(Start, ("composer.json", "{}"), Page).Builder);
        Assert.Equal("php", Planning.Plan("[build]\ndocument-root = \"site\"\n", ("site/index.php", "<?php")).Builder);
        Assert.Equal("ruby", Planning.Plan("", ("Gemfile", ""), ("config.ru", ""), PackageJson, Page).Builder);
        Assert.Equal("ruby", Planning.Plan("[run]\nstart = \"ruby main.rb\"\n", ("main.rb", "")).Builder);
        Assert.Equal("static", Planning.Plan("[build]\nbuild = \"jekyll build\"\ndocument-root = \"_site\"\n", ("Gemfile", "")).Builder);
        Assert.Equal("php", Planning.Plan("[run]\nstart = \"php worker.php\"\n", ("worker.php", "<?php")).Builder);

        var python = Planning.Plan(Start, Requirements, Page);
        Assert.Equal("python", python.Builder);
        Assert.Equal("requirements.txt", python.DecidingFiles[0]);
    }

    [Theory]
    [InlineData("[run]\npackages = [\"python3-flask\"]\nstart = \"x\"\n", "[run] packages names python3-flask")]
    [InlineData("[run]\nstart = \"gunicorn shop:app\"\n", "[run] start runs gunicorn")]
    [InlineData("[build]\npip-install = \"flask\"\n[run]\nstart = \"x\"\n", "[build] pip-install names Python packages")]
    public void What_the_config_asks_for_can_tell_that_it_is_Python(string config, string because)
    {
        var plan = Planning.Plan(config, Page);

        Assert.Equal(("python", because), (plan.Builder, plan.Because));
    }

    [Fact]
    public void Without_a_language_the_packages_own_commands_build_it()
    {
        var plan = Planning.Plan("[build]\nbuild = \"make\"\n" + Start, ("Makefile", "all:\n"));

        Assert.Equal("plain", plan.Builder);
    }

    [Theory]
    [InlineData("node-20", "20")]
    [InlineData("nodejs_20", "20")]
    [InlineData("node20", "20")]
    [InlineData("Node", null)]
    public void A_builders_name_may_hold_the_version(string name, string? version)
    {
        var plan = Planning.Plan($"[build]\nbuilder = \"{name}\"\n", PackageJson);
        var asked = Planning.Plan($"[build]\nbuilder = {{ name = \"node\"{(version is null ? "" : $", version = \"{version}\"")} }}\n", PackageJson);

        Assert.Equal("node", plan.Builder);
        Assert.Equal(asked.Bases["NUA_BASE"].Version, plan.Bases["NUA_BASE"].Version);
    }

    [Theory]
    [InlineData("", "build.nothing-recognised")]
    [InlineData("[build]\nbuilder = \"cobol\"\n", "build.unknown-builder")]
    [InlineData("[build]\nbuilder = \"dockerfile\"\n", "build.no-dockerfile")]
    [InlineData("[build]\nbuilder = \"python-2.7\"\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilders = [\"node\", \"dockerfile\"]\n", "build.stands-alone")]
    [InlineData("[build]\nbuilders = [\"node\", \"node-20\"]\n", "build.builder-twice")]
    [InlineData("[build]\nbuilders = [\"python\", \"node-4\"]\n[run]\nstart = \"x\"\n", "image.cannot-combine")]
    [InlineData("[build]\nbuilder = \"plain\"\n", "build.nothing-to-start")]
    [InlineData("[build]\nbuilder = \"php-5.6\"\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"php\"\n", "build.no-document-root")]
    [InlineData("[build]\nbuilder = \"ruby-278\"\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"ruby\"\n", "build.nothing-to-start")]
    [InlineData("[build]\nbuilder = \"dotnet\"\n", "build.nothing-to-publish")]
    [InlineData("[build]\nbuilder = \"dotnet-4.8\"\nbuild = \"x\"\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"php\"\ndocument-root = \"../x\"\n", "build.no-document-root")]
    [InlineData("[build]\nmethod = \"wrap\"\n", "build.nothing-to-wrap")]
    [InlineData("[build]\nsrc-url = \"https://shop.example/{version}.tar.gz\"\n", "build.source-unsupported")]
    [InlineData("[build]\ngit-url = \"https://shop.example/shop.git\"\n", "build.source-unsupported")]
    [InlineData("[build]\nproject = \"https://shop.example/x.zip\"\n", "build.source-unsupported")]
    [InlineData("[build]\nproject = \"../elsewhere\"\n", "build.no-project")]
    [InlineData("[build]\nproject = \"web\"\n", "build.no-project")]
    [InlineData("[build]\ndocument-root = \"public\"\n", "build.no-document-root")]
    [InlineData("[build]\nbuilder = \"static\"\n", "build.no-document-root")]
    [InlineData("[build]\npip-install = \"*.whl\"\n[run]\nstart = \"x\"\n", "build.no-match")]
    [InlineData("[run]\nstart = \"x\"\npackages = \"--reinstall bash\"\n", "build.bad-package-name")]
    [InlineData("[run]\nstart = \"x\"\npackages = \"bash; rm\"\n", "build.bad-package-name")]
    public void What_cannot_be_planned_is_refused(string config, string code)
    {
        var refusal = Assert.Throws<NuaException>(() => Planning.Plan(config, ("notes.txt", "x")));

        Assert.Equal(code, refusal.Problem.Code);
        Assert.NotEmpty(refusal.Problem.Hint);
    }

    [Fact]
    public void Of_several_programs_the_package_must_name_one()
    {
        var first = ("src/a/a.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"/>");
        var second = ("src/b/b.csproj", "<OutputType>Exe</OutputType>");

        var refusal = Assert.Throws<NuaException>(() => Planning.Plan("", ("shop.sln", ""), first, second));

        Assert.Equal("build.several-projects", refusal.Problem.Code);
        Assert.Contains("src/b/b.csproj", refusal.Problem.Message, StringComparison.Ordinal);
        Assert.Equal("dotnet", Planning.Plan("[build]\nproject = \"src/b\"\n", ("shop.sln", ""), first, second).Builder);
    }

    [Fact]
    public void A_pinned_SDK_is_the_one_that_is_wanted()
    {
        var plan = Planning.Plan("", ("shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"/>"), ("global.json", """{"sdk": {"version": "8.0.100"}}"""));

        var sdk = plan.Bases["NUA_DOTNET_SDK"];
        Assert.Equal(("8.0", "mcr.microsoft.com/dotnet/sdk:8.0"), (sdk.DotNetSdk, sdk.RegistryReference));
    }

    [Theory]
    [InlineData("nua/build.py")]
    [InlineData("nua/start.py")]
    [InlineData("nua/templates/etc/x.j2")]
    public void A_part_that_would_be_ignored_is_refused(string path)
    {
        var refusal = Assert.Throws<NuaException>(() => Planning.Plan("", Page, (path, "x")));

        Assert.Equal("build.part-unsupported", refusal.Problem.Code);
    }
}
