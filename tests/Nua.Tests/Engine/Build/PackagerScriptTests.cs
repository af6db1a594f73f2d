using System.Text;
using System.Text.Json.Nodes;
using Nua.Core.Starting;
using Nua.Engine.Build;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>What is in the folder <c>nua</c> beside the nua-config: scripts, templates, folders.</summary>
public sealed class PackagerScriptTests
{
    private const string ForNua = "from nua.lib.exec import exec_as_nua\n";

    private static readonly (string, string) Flask = ("app.py", "from flask import Flask\napp = Flask(__name__)\n");

    private static readonly (string, string) Requirements = ("requirements.txt", "flask\n");

    [Fact]
    public void Commands_go_before_a_script_and_a_script_before_what_a_builder_does()
    {
        var byCommands = Planning.Plan("[build]\nbuild = \"make\"\n", Requirements, Flask, ("nua/build.py", ""));
        var byScript = Planning.Plan("", Requirements, Flask, ("nua/build.py", ""));

        Assert.DoesNotContain("build-script.sh", byCommands.Dockerfile, StringComparison.Ordinal);
        Assert.Contains(byCommands.Decisions, decision => decision is { About: "build script", Choice: "nua/build.py is not run" });
        Assert.Contains("bash /run/nua/build-script.sh nua/build.py\n", byScript.Dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("pip install", byScript.Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_command_goes_before_a_script_and_a_script_before_what_files_suggest()
    {
        var byCommand = Planning.Plan("[run]\nstart = \"serve\"\n", Requirements, Flask, ("nua/start.py", ""));
        var byScript = Planning.Plan("", Requirements, Flask, ("nua/start.py", ""));

        Assert.Equal(("serve", false), (Assert.Single(StartOf(byCommand).Start), StartOf(byCommand).StartsAsRoot));
        Assert.Equal("python3 /nua/scripts/start.py", Assert.Single(StartOf(byScript).Start));
        Assert.Equal(("nua", true), (StartOf(byScript).User, StartOf(byScript).StartsAsRoot));
        Assert.Equal(["python3 /nua/scripts/start.py"], byScript.Package.Run.Start);
    }

    [Fact]
    public void A_shell_script_starts_as_the_apps_user()
    {
        var start = StartOf(Planning.Plan("", ("nua/start.sh", "exec serve")));

        Assert.Equal("bash -e -o pipefail /nua/build/nua/start.sh", Assert.Single(start.Start));
        Assert.False(start.StartsAsRoot);
    }

    [Theory]
    [InlineData("start.py", ForNua, true)]
    [InlineData("start.py", "import nua.actions\n", true)]
    [InlineData("start.py", "import nuance\nuvicorn.run(app)\n", false)]
    [InlineData("start.sh", "nua-agent do apt-update\n", true)]
    [InlineData("start.sh", "npm start\n", false)]
    public void At_the_root_only_a_script_that_is_written_for_Nua_counts(string path, string text, bool counts)
    {
        var start = StartOf(Planning.Plan("", Requirements, Flask, (path, text)));

        Assert.Equal(counts, start.Start[0].Contains("start.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_folder_nua_goes_before_the_root_and_Python_before_the_shell()
    {
        var plan = Planning.Plan(
            "", ("start.py", ForNua), ("nua/start.sh", "x"), ("nua/build.sh", "x"), ("nua/build.py", ""));

        Assert.Contains("/nua/build/nua/start.sh", StartOf(plan).Start[0], StringComparison.Ordinal);
        Assert.Contains("build-script.sh nua/build.py", plan.Dockerfile, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from nua.lib.actions import pip_install\n", "python")]
    [InlineData("from nua.lib.actions import install_packages\n", "plain")]
    public void A_script_that_installs_Python_packages_makes_a_Python_application(string text, string builder) =>
        Assert.Equal(builder, Planning.Plan("[run]\nstart = \"x\"\n", ("nua/build.py", text)).Builder);

    [Fact]
    public void A_script_has_the_programs_of_all_builders()
    {
        var plan = Planning.Plan("[build]\nbuilders = [\"static\", \"node\"]\ndocument-root = \"out\"\n", ("nua/build.sh", "npm ci"));

        var recipe = Assert.Single(plan.Bases).Value;
        Assert.Contains("web", recipe.Name, StringComparison.Ordinal);
        Assert.Contains("node", recipe.Name, StringComparison.Ordinal);
        Assert.Contains("nginx-light", recipe.Packages);
    }

    [Fact]
    public void Templates_are_filled_as_root_before_all_else_from_metadata_and_build()
    {
        var plan = Planning.Plan(
            "[build]\nlicense = \"MIT\"\n[run]\nstart = \"serve\"\n", ("nua/templates/etc/app.conf.j2", "{{ title }}"));
        var data = JsonNode.Parse(plan.Texts["nua/metadata/template.json"])!;

        Assert.Equal("/usr/bin/python3 -I -m nua.agent.templates", Assert.Single(StartOf(plan).Prepare));
        Assert.Equal("Shop", (string?)data["title"]);
        Assert.Equal("MIT", (string?)data["license"]);
        Assert.Contains("COPY source/nua/templates/ /nua/templates/", plan.Dockerfile, StringComparison.Ordinal);
        Assert.Contains("python3-jinja2", plan.Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_starts_as_root_fills_its_templates_itself()
    {
        var start = StartOf(Planning.Plan("", ("nua/start.py", ForNua), ("nua/templates/etc/x.j2", "")));

        Assert.Empty(start.Prepare);
    }

    [Fact]
    public void Folders_are_merged_but_for_those_that_are_Nuas_own()
    {
        var plan = Planning.Plan(
            "[run]\nstart = \"x\"\n",
            ("nua/app/data/x", ""), ("nua/my files/x", ""), ("nua/agent/x", ""), ("nua/metadata/nua-config.toml", ""), ("nua/.git/x", ""));

        Assert.Contains("COPY --chown=1000:1000 source/nua/app/ /nua/app/\n", plan.Dockerfile, StringComparison.Ordinal);
        Assert.Contains("""COPY --chown=1000:1000 ["source/nua/my files/", "/nua/my files/"]""", plan.Dockerfile, StringComparison.Ordinal);
        Assert.Contains(plan.Decisions, decision => decision is { About: "left out", Choice: "nua/agent" });
        Assert.DoesNotContain("source/nua/agent", plan.Dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("source/nua/metadata", plan.Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_app_starts_as_root_the_environment_is_roots()
    {
        var automatic = Planning.Plan("", Requirements, ("nua/start.py", ""));
        var byCommands = Planning.Plan("[build]\nbuild = \"pip install x\"\n", Requirements, ("nua/start.py", ""));

        Assert.Contains("COPY --from=build --chown=0:0 /nua/venv /nua/venv", automatic.Dockerfile, StringComparison.Ordinal);
        Assert.Contains("RUN chown -R 0:0 /nua/venv", byCommands.Dockerfile, StringComparison.Ordinal);
        Assert.Contains("COPY --from=build /nua/ /nua/", byCommands.Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_brings_an_own_Dockerfile_runs_its_scripts_there()
    {
        var plan = Planning.Plan("", ("nua/Dockerfile", "FROM x\n"), ("nua/build.py", ""), ("nua/templates/x", ""));

        Assert.Equal("dockerfile", plan.Builder);
    }

    [Fact]
    public void The_Python_package_goes_where_there_is_a_Python_to_import_it()
    {
        const string Carried = "COPY nua/python/ /usr/lib/python3/dist-packages/nua/";

        Assert.Contains(Carried, Planning.Plan("", Requirements, Flask).Dockerfile, StringComparison.Ordinal);
        Assert.Contains(Carried, Planning.Plan("[build]\nbuilder = \"plain\"\n[run]\nstart = \"x\"\npackages = \"python3\"\n").Dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain(Carried, Planning.Plan("[run]\nstart = \"x\"\n").Dockerfile, StringComparison.Ordinal);
        Assert.Contains("def install_packages", Planning.Plan("", Requirements, Flask).Texts["nua/python/lib/actions/apt.py"], StringComparison.Ordinal);
    }

    private static StartFile StartOf(BuildPlan plan) => StartFile.Parse(Encoding.UTF8.GetBytes(plan.Texts["nua/metadata/start.json"]));
}
