using Nua.Engine.Images.Mirrors;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>The Dockerfiles that builders write, whole. They are part of what packagers see, so every change of one is reviewed.</summary>
public sealed class DockerfileGoldenTests
{
    [Fact]
    public void Python_from_distribution_packages() => Check(
        "python-system",
        """
        [build]
        test = "python3 -c 'import shop'"
        [run]
        packages = ["python3-flask", "gunicorn"]
        start = ["python3 -m shop.migrate", "gunicorn shop:app"]
        [[volume]]
        name = "uploads"
        target = "/nua/app/uploads"
        [[provider]]
        name = "database"
        module-name = "postgres"
        """,
        ("shop/__init__.py", "app = Flask(__name__)\n"),
        ("gunicorn.conf.py", "bind = ':8000'\n"));

    [Fact]
    public void Python_with_requirements() => Check(
        "python-requirements",
        """
        [build]
        packages = "libpq-dev gcc"
        [run]
        packages = "gunicorn"
        """,
        ("requirements.txt", "-r base/common.txt\nflask\ngunicorn\n"),
        ("base/common.txt", "requests\n"),
        ("app.py", "from flask import Flask\napp = Flask(__name__)\n"));

    [Fact]
    public void Python_project_with_wheels_beside_it() => Check(
        "python-project",
        """
        [run]
        start = "shop"
        """,
        ("pyproject.toml", "[build-system]\nbuild-backend = \"hatchling.build\"\n[project]\nname = \"shop\"\n"),
        ("requirements.txt", "flask\n"),
        ("wheels/flask-3.0-py3-none-any.whl", "zip"),
        ("src/shop/__init__.py", "x"));

    [Fact]
    public void Python_wheels() => Check(
        "python-wheels",
        """
        [build]
        pip-install = ["*.whl", "gunicorn"]
        [run]
        start = "gunicorn shop:app"
        """,
        ("shop-1-py3-none-any.whl", "zip"));

    [Fact]
    public void Python_built_by_the_packages_own_commands() => Check(
        "python-commands",
        """
        [build]
        builder = "python"
        build = ["pip install -r requirements.txt", "python -m compileall .", '''
        echo one
        echo two > /nua/app/two
        ''']
        [run]
        start = "python app.py"
        """,
        ("requirements.txt", "flask\n"),
        ("app.py", "print()\n"));

    [Fact]
    public void Node_with_a_lock_and_a_build_script() => Check(
        "node-build",
        """
        [build]
        builder = "node-20"
        """,
        ("package.json", """{"scripts": {"start": "node dist/server.js", "build": "tsc"}, "dependencies": {"ws": "8"}}"""),
        ("package-lock.json", "{}"));

    [Fact]
    public void Node_without_a_lock() => Check(
        "node-plain",
        "",
        ("package.json", """{"main": "server.js", "scripts": {"postinstall": "node patch.js"}}"""),
        ("server.js", "x"));

    [Fact]
    public void Python_with_assets_that_Node_builds() => Check(
        "python-and-node",
        """
        [build]
        builders = ["python", "node-20"]
        """,
        ("requirements.txt", "flask\n"),
        ("app.py", "from flask import Flask\napp = Flask(__name__)\n"),
        ("package.json", """{"scripts": {"build": "vite build"}}"""),
        ("package-lock.json", "{}"));

    [Fact]
    public void Static_site_that_Node_builds() => Check(
        "static-and-node",
        """
        [build]
        builders = ["static", "node"]
        document-root = "dist"
        """,
        ("package.json", """{"scripts": {"build": "vite build"}}"""),
        ("package-lock.json", "{}"));

    [Fact]
    public void Static_site_that_commands_of_several_languages_build() => Check(
        "static-and-node-commands",
        """
        [build]
        builders = ["static", "node", "python"]
        build = ["npm ci", "python3 render.py"]
        document-root = "dist"
        """,
        ("package.json", "{}"));

    [Fact]
    public void Static_site() => Check("static-plain", "", ("public/index.html", "<p>hello"));

    [Fact]
    public void Static_site_that_commands_build() => Check(
        "static-built",
        """
        [build]
        packages = "hugo"
        build = "hugo --minify"
        document-root = "./public/"
        test = "test -s /nua/build/public/index.html"
        [port.web]
        container = 9000
        """,
        ("config.toml", "x"));

    [Fact]
    public void Anything_made_of_packages_and_commands() => Check(
        "plain",
        """
        [build]
        packages = "golang-go"
        build = "go build -o /nua/app/server"
        [run]
        start = "/nua/app/server --port ${PORT}"
        """,
        ("main.go", "package main"));

    [Fact]
    public void Own_Dockerfile() => Check(
        "dockerfile",
        """
        [build]
        test = "shop --version"
        """,
        ("Dockerfile", "# syntax=docker/dockerfile:1\nFROM debian:bookworm AS build\nRUN make\nFROM debian:bookworm\nCOPY --from=build /x /x\nUSER shop\nCMD [\"shop\"]\n"));

    [Fact]
    public void Wrapped_image() => Check(
        "wrap",
        """
        [build]
        base-image = "docker.io/library/shop:{version}"
        """);

    [Fact]
    public void A_project_below_the_folder_trusting_the_machines_authorities() => Golden.Equal(
        "Engine/Build/node-project-authorities",
        Planning.PlanWithAuthorities(
            """
            [build]
            project = "./web"
            """,
            ("web/package.json", """{"scripts": {"start": "node ."}}"""),
            ("web/package-lock.json", "{}")).Dockerfile);

    [Fact]
    public void With_mirrors_each_step_is_lent_what_it_needs_and_the_image_is_told_nothing() => Golden.Equal(
        "Engine/Build/python-mirrors",
        Planning.PlanWith(
            new PackageMirrors
            {
                Apt = PackageMirror.Parse("https://joe:word@deb.example/{archive}"),
                Pip = PackageMirror.Parse("https://joe:word@pip.example/simple"),
            },
            """
            [run]
            packages = ["libpq5"]
            start = "shop"
            """,
            ("requirements.txt", "flask\n")).Dockerfile);

    private static void Check(string name, string config, params IReadOnlyList<(string, string)> files) =>
        Golden.Equal($"Engine/Build/{name}", Planning.Plan(config, files).Dockerfile);
}
