using System.Text.Json.Nodes;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Core.Starting;
using Nua.Engine.Build;
using Nua.Engine.Images;
using Xunit;

namespace Nua.Tests.Engine.Build;

public sealed class BuildPlanTests
{
    private static readonly (string, string) Flask = ("app.py", "from flask import Flask\napp = Flask(__name__)\n");

    [Fact]
    public void The_image_carries_the_package_with_all_that_was_found_out()
    {
        var plan = Planning.Plan("", ("requirements.txt", "flask\ngunicorn\n"), Flask);

        var carried = PackageReader.Read("nua-config.json", plan.Labels[ImageLabels.Config]);
        Assert.Equal(["gunicorn --bind 0.0.0.0:5000 app:app"], carried.Run.Start);
        Assert.Equal([new Port { Name = "web", Container = new PortNumber.Fixed(5000) }], carried.Ports);
        Assert.DoesNotContain('\n', plan.Labels[ImageLabels.Config]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(plan.Labels[ImageLabels.Config]), JsonNode.Parse(plan.Texts["nua/metadata/nua-config.json"])));
    }

    [Fact]
    public void What_the_packager_says_is_not_overruled()
    {
        var plan = Planning.Plan(
            """
            [run]
            start = "flask run --port 7000"
            before-run = "flask db upgrade"
            [port.web]
            container = 7000
            """,
            ("requirements.txt", "flask\n"),
            Flask);

        Assert.Equal(new PortNumber.Fixed(7000), Assert.Single(plan.Package.Ports).Container);
        var start = StartFile.Parse(System.Text.Encoding.UTF8.GetBytes(plan.Texts["nua/metadata/start.json"]));
        Assert.Equal(["flask db upgrade"], start.Before);
        Assert.Equal(["flask run --port 7000"], start.Start);
        Assert.Equal(("nua", "/nua/build"), (start.User, start.WorkingDirectory));
    }

    [Fact]
    public void A_project_below_the_folder_starts_there()
    {
        var plan = Planning.Plan("[build]\nproject = \"web/app/\"\n", ("web/app/package.json", "{}"), ("web/app/server.js", "x"));

        Assert.Equal("node", plan.Builder);
        Assert.Contains("\"working-directory\": \"/nua/build/web/app\"", plan.Texts["nua/metadata/start.json"]);
    }

    [Fact]
    public void Images_are_labelled_as_the_specification_says()
    {
        var labels = Planning.Plan("[build]\nlicense = \"AGPL-3.0\"\n", ("index.html", "x")).Labels;

        Assert.Equal("shop", labels[ImageLabels.App]);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["org.opencontainers.image.authors"] = "The Nua developers",
                ["org.opencontainers.image.description"] = "Sells \"things\"",
                ["org.opencontainers.image.licenses"] = "AGPL-3.0",
                ["org.opencontainers.image.title"] = "Shop",
                ["org.opencontainers.image.url"] = "https://shop.example",
                ["org.opencontainers.image.version"] = "1.2-3",
            },
            labels.Where(label => label.Key.StartsWith("org.", StringComparison.Ordinal)).ToDictionary());
    }

    [Fact]
    public void Everything_that_was_decided_is_explained()
    {
        var plan = Planning.Plan(
            "[[provider]]\nname = \"database\"\nmodule-name = \"postgres\"\n", ("requirements.txt", "flask\ngunicorn\n"), Flask);

        Assert.Equal(
            [
                new Decision("base image", "python 3", "the builder stands on it"),
                new Decision("build image", "python-pip 3", "what builds has it, and the app has not"),
                new Decision("Python packages", "pip install -r requirements.txt", "those the distribution's packages do not satisfy"),
                new Decision("connector", "python3-psycopg2", "postgres-client is asked for, or goes with a provider"),
                new Decision(
                    "start",
                    "gunicorn --bind 0.0.0.0:5000 app:app",
                    "requirements.txt describes a Python project; app.py makes a Flask application"),
                new Decision("smoke test", "the program to start is in the image", "[build] has no test"),
            ],
            plan.Decisions);
    }

    [Theory]
    [InlineData("redis", "requirements.txt", "flask\n", "python3-redis")]
    [InlineData("redis-cache", "requirements.txt", "flask\n", "python3-redis")]
    [InlineData("rabbitmq", "requirements.txt", "flask\n", "python3-pika")]
    [InlineData("memcached", "index.php", "<?php", "php-memcached")]
    [InlineData("sqlite", "index.php", "<?php", "php-sqlite3")]
    [InlineData("rabbitmq", "Gemfile", "", "ruby-bunny")]
    public void A_providers_client_library_comes_by_itself(string module, string file, string text, string library)
    {
        var plan = Planning.Plan(
            $"[[provider]]\nname = \"service\"\nmodule-name = \"{module}\"\n\n[run]\nstart = \"serve\"\n", (file, text));

        Assert.Contains(plan.Decisions, decision => decision.About == "connector" && decision.Choice == library);
    }

    [Fact]
    public void The_folder_of_sqlite_is_the_apps() => Assert.Contains(
        "/nua/app/sqlite",
        Planning.Plan("[[provider]]\nname = \"file\"\nmodule-name = \"sqlite\"\n\n[run]\nstart = \"serve\"\n", ("requirements.txt", "flask\n")).Dockerfile,
        StringComparison.Ordinal);

    [Fact]
    public void An_image_not_of_our_making_keeps_its_own_start()
    {
        var plan = Planning.Plan("[build]\nbase-image = \"shop:1\"\n");

        Assert.False(plan.HasAgent);
        Assert.Equal(["nua-config.json"], plan.Texts.Keys);
    }

    [Theory]
    [InlineData("django==4.2.*", "pip install 'django==4.2.*'")]
    [InlineData("django == 4.2.*", "pip install 'django==4.2.*'")]
    [InlineData("flask gunicorn>=20", "pip install flask 'gunicorn>=20'")]
    [InlineData("shop @ https://shop.example/shop-1.zip", "pip install 'shop @ https://shop.example/shop-1.zip'")]
    [InlineData("tomli >= 2 ; os_name == 'posix'", @"pip install 'tomli >= 2 ; os_name == '\''posix'\'''")]
    [InlineData("*.whl", "pip install ./a.whl")]
    public void What_pip_install_lists_is_what_pip_is_asked_for(string entry, string expected)
    {
        var plan = Planning.Plan(
            $"[build]\nbuilder = \"python\"\npip-install = [\"{entry}\"]\n[run]\nstart = \"shop\"\n", ("a.whl", "zip"));

        Assert.Equal(expected, plan.Decisions.Single(decision => decision.About == "Python packages").Choice);
    }

    [Theory]
    [InlineData("poetry.lock", "[tool.poetry]\nname = \"shop\"\n", "pip install what poetry.lock pins")]
    [InlineData("poetry.lock", "[tool.poetry]\nname = \"my-lib\"\n", "pip install what poetry.lock pins ; pip install .")]
    [InlineData("poetry.lock", "[tool.poetry]\nname = \"my-lib\"\npackage-mode = false\n", "pip install what poetry.lock pins")]
    [InlineData("uv.lock", "[project]\nname = \"my-lib\"\n", "pip install what uv.lock pins")]
    [InlineData("uv.lock", "[project]\nname = \"my-lib\"\n[build-system]\n", "pip install what uv.lock pins ; pip install .")]
    [InlineData("Pipfile.lock", "[tool.black]\n", "pip install what Pipfile.lock pins")]
    [InlineData("requirements.txt", "[tool.black]\n", "pip install -r requirements.txt")]
    public void A_lock_says_what_is_installed_and_a_project_without_a_package_stays_where_it_is(string file, string pyproject, string expected)
    {
        var plan = Planning.Plan("", ("pyproject.toml", pyproject), (file, ""), ("my_lib/__init__.py", ""), ("app.py", "x"));

        Assert.Equal(expected, plan.Decisions.Single(decision => decision.About == "Python packages").Choice);
        Assert.Equal(file != "requirements.txt", plan.Texts.ContainsKey("nua/locked_requirements.py"));
    }

    [Theory]
    [InlineData("poetry.lock", "[package.source]\ntype = \"directory\"\nurl = \"lib\"\n", true)]
    [InlineData("poetry.lock", "[package.source]\ntype = \"git\"\n", false)]
    [InlineData("uv.lock", "source = { editable = \"lib\" }\n", true)]
    [InlineData("uv.lock", "source = { editable = \".\" }\n", false)]
    [InlineData("Pipfile.lock", "{\n  \"path\": \"./lib\"\n}", true)]
    public void A_lock_that_pins_a_part_of_the_source_needs_all_of_it(string file, string text, bool needsSource)
    {
        var dockerfile = Planning.Plan("", ("requirements.in", ""), ("pyproject.toml", ""), (file, text), ("app.py", "x")).Dockerfile;

        Assert.Equal(needsSource, dockerfile.IndexOf("source/ /nua/build/", StringComparison.Ordinal) < dockerfile.IndexOf("RUN --mount", StringComparison.Ordinal));
    }

    [Fact]
    public void A_files_name_cannot_begin_an_instruction()
    {
        var plan = Planning.Plan("[run]\nstart = \"shop\"\n", ("a\nUSER root\nRUN id #.whl", "zip"));

        Assert.DoesNotContain("\nUSER root\nRUN id", plan.Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void An_own_Dockerfile_may_not_mount_the_caches_of_other_builds()
    {
        var failure = Assert.Throws<NuaException>(
            () => Planning.Plan("", ("Dockerfile", "FROM a\nRUN --mount=type=cache,id=nua-apt-archives,target=/x make\n")));

        Assert.Equal("build.reserved-cache", failure.Problem.Code);
    }

    [Fact]
    public void A_static_site_at_the_root_does_not_serve_the_nua_folder()
    {
        var site = Planning.Plan("", ("index.html", "x"), ("nua/notes.txt", "x")).Texts["nua/nginx.conf"];

        Assert.Contains("root /nua/build;", site);
        Assert.Contains("location ^~ /nua/ {", site);
        Assert.Contains("listen 8080;", site);
    }
}
