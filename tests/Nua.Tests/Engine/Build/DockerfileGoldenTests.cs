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
    public void Php_with_dependencies_and_extensions() => Check(
        "php-composer",
        """
        [build]
        packages = "patch"
        [run]
        packages = "imagemagick"
        [[provider]]
        name = "database"
        module-name = "postgres"
        """,
        ("public/index.php", "<?php"),
        ("composer.json", """{"require": {"php": ">=8.1", "ext-json": "*", "ext-intl": "*", "slim/slim": "^4"}}"""),
        ("composer.lock", """{"packages": [{"name": "slim/slim", "require": {"ext-simplexml": "*", "ext-pdo_mysql": "*"}}]}"""));

    [Fact]
    public void Php_with_packages_that_lie_in_the_source() => Check(
        "php-local",
        "",
        ("index.php", "<?php"),
        ("composer.json", """{"repositories": [{"type": "path", "url": "parts/*"}], "require": {"shop/cart": "*"}}"""),
        ("parts/cart/composer.json", """{"name": "shop/cart"}"""));

    [Fact]
    public void Php_pages_and_nothing_else() => Check("php-plain", "", ("index.php", "<?php"), ("vendor/autoload.php", "<?php"), ("composer.json", "{}"));

    [Fact]
    public void Php_built_by_the_packages_own_commands() => Check(
        "php-commands",
        """
        [build]
        builders = ["php", "node"]
        build = ["composer install", "npm ci"]
        document-root = "dist"
        """,
        ("composer.json", "{}"),
        ("package.json", "{}"));

    [Fact]
    public void Nginx_before_Php() => Golden.Equal(
        "Engine/Build/php-nginx",
        Planning.Plan("[build]\nproject = \"shop\"\n[port.web]\ncontainer = 9000\n", ("shop/index.php", "<?php")).Texts["nua/nginx.conf"]);

    [Fact]
    public void Nginx_for_files() => Golden.Equal("Engine/Build/static-nginx", Planning.Plan("", ("index.html", "<p>")).Texts["nua/nginx.conf"]);

    [Fact]
    public void DotNet_project_that_refers_to_another() => Check(
        "dotnet-project",
        """
        [build]
        builder = "dotnet-9"
        project = "src/Shop.Web"
        [port.web]
        container = 7000
        """,
        ("Shop.slnx", "<Solution/>"),
        ("Directory.Build.props", "<Project/>"),
        ("src/Shop.Web/Shop.Web.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><AssemblyName>shop</AssemblyName><PublishAot>true</PublishAot></Project>"),
        ("src/Shop.Web/packages.lock.json", "{}"),
        ("src/Shop.Core/Shop.Core.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"/>"),
        ("tests/Shop.Tests/Shop.Tests.csproj", "<OutputType>Exe</OutputType><PackageReference Include=\"xunit.v3\"/>"));

    [Fact]
    public void DotNet_program_of_one_file() => Check(
        "dotnet-file",
        "",
        ("shop.cs", "#:sdk Microsoft.NET.Sdk.Web\n#:property InvariantGlobalization=true\nvar app = WebApplication.Create();"));

    [Fact]
    public void DotNet_built_by_the_packages_own_commands() => Check(
        "dotnet-commands",
        """
        [build]
        build = "dotnet publish -o /nua/app"
        [run]
        start = "/nua/app/shop"
        """,
        ("shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"/>"));

    [Fact]
    public void Ruby_with_a_lock() => Check(
        "ruby-locked",
        """
        [build]
        packages = "libyaml-dev"
        [run]
        packages = "imagemagick"
        [[provider]]
        name = "database"
        module-name = "postgres"
        """,
        ("Gemfile", "gem 'puma'\ngem 'pg'\n"),
        ("Gemfile.lock", "puma (6.4)\n"),
        ("config.ru", "run Shop"));

    [Fact]
    public void Ruby_with_gems_in_the_source() => Check(
        "ruby-vendored",
        "",
        ("Gemfile", "gem 'sinatra'\n"),
        ("vendor/cache/sinatra-4.0.gem", "tar"),
        ("app.rb", "require 'sinatra'"));

    [Fact]
    public void Ruby_built_by_the_packages_own_commands() => Check(
        "ruby-commands",
        """
        [build]
        build = ["bundle install", "bundle exec rails assets:precompile"]
        """,
        ("Gemfile", "gemspec\n"),
        ("config/application.rb", "Rails"));

    [Fact]
    public void Ruby_of_the_distributions_gems() => Check("ruby-plain", "[run]\npackages = [\"puma\", \"ruby-sinatra\"]\n", ("config.ru", "run Shop"));

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
    public void Node_in_parts_that_pnpm_installs_and_a_script_builds() => Check(
        "node-pnpm-workspace",
        "",
        ("package.json", """{"packageManager": "pnpm@9.1.0+sha224.0123456789012345678901234567890123456789012345678901234567", "scripts": {"start": "node .", "build": "pnpm -r build"}}"""),
        ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n"),
        ("pnpm-workspace.yaml", "packages:\n  - parts/*\n"),
        ("parts/one/package.json", "{}"));

    [Fact]
    public void Node_with_yarn() => Check(
        "node-yarn",
        "",
        ("package.json", """{"scripts": {"start": "node .", "build": "tsc"}, "dependencies": {"ms": "2"}}"""),
        ("yarn.lock", "__metadata:\n  version: 8\n"),
        (".yarnrc.yml", "enableScripts: false\n"),
        (".yarn/patches/ms.patch", "x"));

    [Fact]
    public void Node_with_classic_yarn_called_by_commands() => Check(
        "node-yarn-classic-commands",
        """
        [build]
        build = "yarn install"
        """,
        ("package.json", """{"scripts": {"start": "node ."}, "dependencies": {"ms": "2"}}"""),
        ("yarn.lock", "# yarn lockfile v1\n"));

    [Fact]
    public void Python_from_a_lock() => Check(
        "python-lock",
        """
        [build]
        builder = "python-3.11"
        """,
        ("pyproject.toml", "[tool.poetry]\nname = \"my-shop\"\n[build-system]\nbuild-backend = \"poetry.core.masonry.api\"\n"),
        ("poetry.lock", "[[package]]\n"),
        ("my_shop/__init__.py", "x"),
        ("app.py", "print()\n"));

    [Fact]
    public void A_Procfile_after_commands_that_go_before_everything() => Check(
        "procfile",
        """
        [build]
        packages = "make"
        before-build = "make messages"
        """,
        ("requirements.txt", "flask\ngunicorn\n"),
        ("app.py", "app = Flask(__name__)\n"),
        ("Procfile", "web: gunicorn app:app\nrelease: flask db upgrade\n"));

    [Fact]
    public void Python_with_assets_that_Node_builds_without_installing_anything() => Check(
        "python-and-node-script",
        """
        [build]
        builders = ["python", "node"]
        """,
        ("requirements.txt", "flask\n"),
        ("app.py", "from flask import Flask\napp = Flask(__name__)\n"),
        ("package.json", """{"scripts": {"build": "node build.js"}}"""));

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
    public void Go_with_modules_to_fetch() => Check(
        "go-modules",
        "",
        ("go.mod", "module shop.example/shop/v2\n\ngo 1.19\n\nrequire shop.example/till v1.0.0\n"),
        ("go.sum", "x"),
        ("main.go", "package main\n\nfunc main() {}\n"),
        ("main_test.go", "package main\n\nimport \"C\"\n"),
        ("templates/front.html", "<p>"));

    [Fact]
    public void Go_with_C_and_a_vendor_folder_below_the_package() => Check(
        "go-vendored",
        """
        [build]
        builder = "go-1.23"
        project = "server"
        packages = "libsqlite3-dev"
        [run]
        packages = "libsqlite3-0"
        """,
        ("server/go.mod", "module shop\nrequire (\n\tshop.example/till v1.0.0\n)\n"),
        ("server/vendor/modules.txt", "x"),
        ("server/generate.go", "//go:build ignore\n\npackage main\n"),
        ("server/cmd/shop/main.go", "package main\n\n// #include <sqlite3.h>\nimport \"C\"\n"),
        ("server/cmd/shop/notes.txt", "package main"));

    [Fact]
    public void Go_with_assets_that_Node_builds() => Check(
        "go-and-node",
        """
        [build]
        builders = ["go", "node"]
        """,
        ("go.mod", "module shop\n"),
        ("main.go", "package main\n"),
        ("package.json", """{"scripts": {"build": "vite build"}}"""),
        ("package-lock.json", "{}"));

    [Fact]
    public void Go_built_by_the_packages_own_commands() => Check(
        "go-commands",
        """
        [build]
        build = "go build -o /nua/app/shop ./tools/shop"
        [run]
        start = "/nua/app/shop"
        """,
        ("go.mod", "module shop\n"),
        ("tools/shop/main.go", "package main\n"));

    [Fact]
    public void Java_that_Maven_builds() => Check(
        "java-maven",
        "",
        ("pom.xml", "<project><properties><maven.compiler.release>17</maven.compiler.release></properties></project>"),
        ("src/main/java/shop/Main.java", "class Main {}"));

    [Fact]
    public void Java_of_another_version_that_commands_build() => Check(
        "java-commands",
        """
        [build]
        builder = "java-21"
        build = ["javac -d classes Shop.java", "jar --create --file /nua/app/shop.jar --main-class Shop -C classes ."]
        [run]
        start = "java -jar /nua/app/shop.jar"
        """,
        ("Shop.java", "class Shop {}"));

    [Fact]
    public void Java_archive_as_it_is() => Check("java-archive", "", ("shop.jar", "zip"));

    [Fact]
    public void Rust_with_crates_to_fetch() => Check(
        "rust-crates",
        "",
        ("Cargo.toml", "[package]\nname = \"shop\"\nrust-version = \"1.60\"\n[dependencies]\ntill = \"1\"\n"),
        ("Cargo.lock", "x"),
        ("src/main.rs", "fn main() {}"));

    [Fact]
    public void Rust_with_a_vendor_folder() => Check(
        "rust-vendored",
        """
        [build]
        builder = "rust-1.63"
        """,
        ("Cargo.toml", "[package]\nname = \"shop\"\n[dependencies]\ntill = \"1\"\n"),
        (".cargo/config.toml", "x"),
        ("vendor/till/src/lib.rs", "x"),
        ("src/main.rs", "fn main() {}"));

    [Fact]
    public void Rust_member_of_a_workspace() => Check(
        "rust-member",
        """
        [build]
        project = "shop"
        """,
        ("Cargo.toml", "[workspace]\nmembers = [\"shop\", \"till\"]\n"),
        ("Cargo.lock", "x"),
        ("shop/Cargo.toml", "[package]\nname = \"shop\"\n[target.'cfg(unix)'.dependencies]\ntill = { path = \"../till\" }\n"),
        ("shop/src/main.rs", "fn main() {}"),
        ("till/Cargo.toml", "[package]\nname = \"till\"\n"));

    [Fact]
    public void A_script_that_builds_and_one_that_starts() => Check(
        "scripts-python",
        """
        [build]
        packages = "gcc"
        pip-install = "gunicorn"
        """,
        ("requirements.txt", "flask\n"),
        ("nua/build.py", "from nua.lib.actions import pip_install\npip_install('.')\n"),
        ("nua/start.py", "from nua.lib.exec import exec_as_nua\nexec_as_nua('gunicorn app:app')\n"),
        ("nua/templates/etc/app.conf.j2", "{{ title }}"),
        ("nua/app/logo.svg", "<svg/>"));

    [Fact]
    public void Shell_scripts_that_use_the_actions_through_the_agent() => Check(
        "scripts-shell",
        "",
        ("nua/build.sh", "nua-agent do with-packages gcc -- make\n"),
        ("nua/start.sh", "nua-agent do environ-replace-in /nua/app/x\nexec /nua/app/server\n"));

    [Fact]
    public void A_script_in_Python_that_nothing_needs_afterwards() => Check(
        "scripts-built",
        """
        [run]
        start = "/usr/sbin/lighttpd -D"
        """,
        ("nua/build.py", "from nua.lib.actions import install_packages\ninstall_packages('lighttpd')\n"));

    [Fact]
    public void Templates_that_the_agent_fills() => Check(
        "templates",
        """
        [run]
        packages = "lighttpd"
        start = "lighttpd -D -f /etc/lighttpd/app.conf"
        """,
        ("nua/templates/etc/lighttpd/app.conf.j2", "server.port = {{ PORT }}"));

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
