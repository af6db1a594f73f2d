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
        Assert.Equal("python:3.12", Assert.Single(plan.Bases).Value.RegistryReference);
        Assert.Contains("python3 -m venv /opt/pip", plan.Dockerfile, StringComparison.Ordinal);
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
    [InlineData("php-8.2", "nua: php 8.2 is wanted", "php --version")]
    [InlineData("ruby-3", "nua: ruby 3 is wanted", "ruby --version")]
    public void A_version_of_what_the_distribution_has_one_of_is_checked_in_the_image(string builder, string words, string ask)
    {
        var plan = Planning.Plan($"[build]\nbuilder = \"{builder}\"\n[run]\nstart = \"x\"\n", ("index.php", ""));

        Assert.Contains(words, plan.Dockerfile, StringComparison.Ordinal);
        Assert.Contains(ask, plan.Dockerfile, StringComparison.Ordinal);
        Assert.Contains(plan.Decisions, decision => decision is { About: "version", Because: "[build] builder says so" });
    }

    [Fact]
    public void The_packages_own_commands_have_the_compilers_of_a_helper_whose_image_is_shared()
    {
        var plan = Planning.Plan(
            "[build]\nbuilders = [\"python\", \"go\"]\nbuild = \"go build -o /nua/bin/tool .\"\n[run]\nstart = \"python3 serve.py\"\n",
            ("go.mod", "module tool\n"), ("main.go", "package main\n"), ("serve.py", ""));

        Assert.Equal("go-python", plan.Bases["NUA_ALL"].Name);
        Assert.Contains("FROM all-builders AS build", plan.Dockerfile, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "build.nothing-recognised")]
    [InlineData("[build]\nbuilder = \"cobol\"\n", "build.unknown-builder")]
    [InlineData("[build]\nbuilder = \"dockerfile\"\n", "build.no-dockerfile")]
    [InlineData("[build]\nbuilder = { name = \"node\", version = \">=16 <18\" }\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"python-2.7\"\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilders = [\"node\", \"dockerfile\"]\n", "build.stands-alone")]
    [InlineData("[build]\nbuilders = [\"node\", \"node-20\"]\n", "build.builder-twice")]
    [InlineData("[build]\nbuilders = [\"python\", \"node-4\"]\n[run]\nstart = \"x\"\n", "image.cannot-combine")]
    [InlineData("[build]\nbuilder = \"plain\"\n", "build.nothing-to-start")]
    [InlineData("[build]\nbuilder = \"go\"\n", "build.no-program")]
    [InlineData("[build]\nbuilder = \"go-2\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"java\"\n", "build.nothing-to-start")]
    [InlineData("[build]\nbuilder = \"java-1.8\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"rust\"\n", "build.no-program")]
    [InlineData("[build]\nbuilder = \"rust-1\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"php-5.6\"\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"php\"\n", "build.no-document-root")]
    [InlineData("[build]\nbuilder = \"ruby-278\"\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"ruby\"\n", "build.nothing-to-start")]
    [InlineData("[build]\nbuilder = \"dotnet\"\n", "build.nothing-to-publish")]
    [InlineData("[build]\nbuilder = \"dotnet-4.8\"\nbuild = \"x\"\n[run]\nstart = \"x\"\n", "build.version-unavailable")]
    [InlineData("[build]\nbuilder = \"php\"\ndocument-root = \"../x\"\n", "build.no-document-root")]
    [InlineData("[build]\nmethod = \"wrap\"\n", "build.nothing-to-wrap")]
    [InlineData("[build]\nsrc-url = \"file:///etc/{version}.tar.gz\"\n", "build.bad-source-address")]
    [InlineData("[build]\nsrc-url = \"https://ann:secret@shop.example/x.zip\"\n", "build.bad-source-address")]
    [InlineData("[build]\ngit-url = \"ext::sh -c true\"\n", "build.bad-source-address")]
    [InlineData("[build]\ngit-url = \"--upload-pack=true\"\n", "build.bad-source-address")]
    [InlineData("[build]\ngit-url = \"https://shop.example/shop.git\"\ngit-branch = \"--upload-pack=true\"\n", "build.bad-branch")]
    [InlineData("[build]\nproject = \"ftp://shop.example/x.zip\"\n", "build.bad-source-address")]
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
    public void Of_several_Go_programs_the_package_says_which_is_the_app()
    {
        (string, string)[] files =
        [
            ("go.mod", "module shop\n"), ("cmd/till/main.go", "package main\n"), ("cmd/shop/main.go", "// Sells.\npackage main\n"), ("cmd/lib/lib.go", "package lib\n"),
        ];

        var refusal = Assert.Throws<NuaException>(() => Planning.Plan("", files));

        Assert.Equal("build.several-programs", refusal.Problem.Code);
        Assert.Contains("./cmd/shop, ./cmd/till", refusal.Problem.Message);
        Assert.Contains("build = \"go build -o /nua/app/shop ./cmd/shop\"", refusal.Problem.Hint);
    }

    [Fact]
    public void A_module_without_a_program_is_refused()
    {
        var refusal = Assert.Throws<NuaException>(() => Planning.Plan("", ("go.mod", "module shop\n"), ("shop.go", "package shop\n")));

        Assert.Equal("build.no-program", refusal.Problem.Code);
    }

    [Theory]
    [InlineData("go", "go.mod", "package.json")]
    [InlineData("go", "go.mod", "requirements.txt", "package.json")]
    [InlineData("java", "pom.xml", "package.json", "index.html")]
    [InlineData("rust", "Cargo.toml", "package.json")]
    [InlineData("python", "pyproject.toml", "Cargo.toml")]
    [InlineData("java", "shop.jar", "index.html")]
    [InlineData("python", "requirements.txt", "spark.jar")]
    public void What_compiles_goes_before_what_builds_its_assets(string builder, params string[] files)
    {
        var plan = Planning.Plan(Start + "[build]\nbuild = \"make\"\n", [.. files.Select(file => (file, ""))]);

        Assert.Equal((builder, files[0]), (plan.Builder, plan.DecidingFiles[0]));
    }

    [Theory]
    [InlineData("<java.version>1.8</java.version>", "8 or newer")]
    [InlineData("<java.version>17</java.version><maven.compiler.release> 21 </maven.compiler.release>", "21 or newer")]
    [InlineData("<java.version>${other}</java.version>", null)]
    public void A_Maven_project_says_for_which_Java_it_is_written(string properties, string? expected)
    {
        var plan = Planning.Plan("", ("pom.xml", $"<project><properties>{properties}</properties></project>"));

        Assert.Equal(expected, plan.Decisions.FirstOrDefault(decision => decision.About == "version")?.Choice);
        Assert.Equal("default", plan.Bases["NUA_BASE"].Version);
    }

    [Theory]
    [InlineData("[workspace]\nmembers = [\"shop\"]\n", "build.workspace-only")]
    [InlineData("[package]\nname = \"shop\"\n[lib]\n", "build.no-program")]
    [InlineData("[package]\nname = \"shop\"\n[[bin]]\nname = \"a\"\n[[bin]]\nname = \"b\"\n", "build.several-programs")]
    [InlineData("not toml", "build.workspace-only")]
    public void A_Cargo_manifest_that_does_not_say_what_the_app_is_is_refused(string manifest, string code)
    {
        var refusal = Assert.Throws<NuaException>(() => Planning.Plan("", ("Cargo.toml", manifest), ("src/lib.rs", "")));

        Assert.Equal(code, refusal.Problem.Code);
    }

    [Theory]
    [InlineData("""{"engines": {"node": ">=16 <18"}}""", "build.version-unavailable", "24.21.0, 22.23.3, 20.20.2, 18.20.8")]
    [InlineData("""{"engines": {"node": "whatever"}}""", "build.version-unavailable", "24.21.0")]
    [InlineData("""{"packageManager": "bun@1.1.0"}""", "build.unknown-package-manager", "npm, yarn, pnpm")]
    [InlineData("""{"packageManager": "pnpm@9; rm -rf /"}""", "build.bad-package-manager", "pnpm@10.1.0")]
    [InlineData("""{"packageManager": "pnpm@9.1.0+md5.0123"}""", "build.bad-package-manager", "pnpm@10.1.0")]
    public void What_a_manifest_asks_for_in_vain_is_named(string manifest, string code, string hint)
    {
        var refusal = Assert.Throws<NuaException>(() => Planning.Plan(Start, ("package.json", manifest)));

        Assert.Equal(code, refusal.Problem.Code);
        Assert.Contains(hint, refusal.Problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Languages_that_are_not_used_are_named()
    {
        var plan = Planning.Plan(Start, Requirements, PackageJson, Page);

        var (_, unused, because) = Assert.Single(plan.Decisions, decision => decision.About == "not used");
        Assert.Equal("node", unused);
        Assert.EndsWith("builders = [\"python\", \"node\"] would use it, too", because, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Planning.Plan("[build]\nbuilders = [\"python\", \"node\"]\n" + Start, Requirements, PackageJson).Decisions,
            decision => decision.About == "not used");
        Assert.DoesNotContain(Planning.Plan("", ("Dockerfile", "FROM scratch\n"), PackageJson).Decisions, decision => decision.About == "not used");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("before-run = \"npm run seed\"\n", true)]
    [InlineData("before-run = \"rm -rf node_modules/.cache\"\n", false)]
    public void What_only_builds_is_not_in_the_image_unless_something_that_runs_calls_it(string run, bool isInImage)
    {
        var plan = Planning.Plan(
            "[build]\nbuilders = [\"python\", \"node\"]\n" + Start + run, Requirements, ("package.json", """{"scripts": {"build": "node build.js"}}"""));

        Assert.Equal(isInImage ? "python-node" : "python", plan.Bases["NUA_BASE"].Name);
        Assert.Equal(!isInImage, plan.Bases.ContainsKey("NUA_NODE"));
    }

    [Fact]
    public void Commands_find_the_programs_of_builders_that_only_build()
    {
        var plan = Planning.Plan(
            "[build]\nbuilders = [\"python\", \"node\"]\nbuild = \"npm ci && pip install .\"\n" + Start, Requirements, PackageJson);

        Assert.Equal(("python", "node-python"), (plan.Bases["NUA_BASE"].Name, plan.Bases["NUA_ALL"].Name));
        Assert.Contains("FROM all-builders AS build\n", plan.Dockerfile, StringComparison.Ordinal);
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
}
