using Nua.Core.Detecting;
using Xunit;

namespace Nua.Tests.Core.Detecting;

public sealed class DetectorTests
{
    [Fact]
    public void An_empty_folder_is_nothing() => Assert.Empty(Detect());

    [Fact]
    public void An_own_Dockerfile_comes_before_everything_else()
    {
        var found = Detect(
            ("index.html", ""), ("package.json", "{}"), ("requirements.txt", ""), ("dist/a-1-py3-none-any.whl", ""), ("Dockerfile", ""));

        Assert.Equal(
            [Languages.Dockerfile, Languages.PythonSource, Languages.Node, Languages.PythonWheels, Languages.Static],
            found.Select(detection => detection.Language));
    }

    [Fact]
    public void With_a_nua_folder_only_the_Dockerfile_in_it_counts()
    {
        Assert.Empty(Detect(("Dockerfile", ""), ("nua/start.py", "")));
        Assert.Equal(["nua/Dockerfile"], Assert.Single(Detect(("Dockerfile", ""), ("nua/Dockerfile", ""))).DecidingFiles);
    }

    [Theory]
    [InlineData("Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"/>", "./Shop", 8080)]
    [InlineData("Shop.csproj", "<AssemblyName>till</AssemblyName><OutputType>Exe</OutputType>", "./till", null)]
    [InlineData("worker.fsproj", "<Project Sdk=\"Microsoft.NET.Sdk.Worker\"/>", "./worker", null)]
    [InlineData("app.cs", "#!/usr/bin/env dotnet\n#:sdk Microsoft.NET.Sdk.Web\n", "./app", 8080)]
    public void A_DotNet_program_is_started_by_its_name(string path, string text, string start, int? port)
    {
        var found = Assert.Single(Detect((path, text), ("notes/other.cs", "")));

        Assert.Equal((Languages.DotNet, start, port), (found.Language, found.SuggestedStart, found.SuggestedPort));
        Assert.Equal([path], found.DecidingFiles);
    }

    [Theory]
    [InlineData("Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"/>")]
    [InlineData("Shop.Tests.csproj", "<OutputType>Exe</OutputType><PackageReference Include=\"xunit.v3\"/>")]
    [InlineData("src/Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"/>")]
    public void A_project_of_no_program_is_no_application(string path, string text) => Assert.Empty(Detect((path, text)));

    [Fact]
    public void Of_several_files_of_CSharp_the_one_with_directives_is_the_program()
    {
        Assert.Equal("./serve", Assert.Single(Detect(("a.cs", "class A;"), ("serve.cs", "#:package X@1\n"))).SuggestedStart);
        Assert.Empty(Detect(("a.cs", "class A;"), ("b.cs", "class B;")));
    }

    [Theory]
    [InlineData("config/application.rb", "", "bundle exec rails server --binding 0.0.0.0 --port 3000", 3000)]
    [InlineData("config.ru", "", "bundle exec puma --bind tcp://0.0.0.0:9292", 9292)]
    [InlineData("app.rb", "require 'sinatra'", "bundle exec ruby app.rb", 4567)]
    [InlineData("main.rb", "", "bundle exec ruby main.rb", null)]
    [InlineData("notes.md", "", null, null)]
    public void A_Ruby_application_is_started_with_what_its_Gemfile_names(string path, string text, string? start, int? port)
    {
        var found = Assert.Single(Detect(("Gemfile", "gem 'puma'"), (path, text)));

        Assert.Equal((Languages.Ruby, start, port), (found.Language, found.SuggestedStart, found.SuggestedPort));
    }

    [Fact]
    public void Without_a_Gemfile_Rack_starts_what_config_ru_says() => Assert.Equal(
        "rackup --host 0.0.0.0 --port 9292", Assert.Single(Detect(("config.ru", "run Shop"))).SuggestedStart);

    [Theory]
    [InlineData("public/index.php", "public")]
    [InlineData("web/index.php", "web")]
    [InlineData("index.php", ".")]
    public void Php_pages_are_served_from_where_the_first_is(string page, string root)
    {
        var found = Assert.Single(Detect(("composer.json", "{}"), (page, "")));

        Assert.Equal((Languages.Php, root, 8080), (found.Language, found.DocumentRoot, found.SuggestedPort));
        Assert.Equal(["composer.json", page], found.DecidingFiles);
    }

    [Fact]
    public void Php_goes_before_the_npm_packages_that_make_its_assets() => Assert.Equal(
        [Languages.Php, Languages.Node], Detect(("package.json", "{}"), ("composer.json", "{}")).Select(found => found.Language));

    [Theory]
    [InlineData("flask", "flask --app app:shop run --host 0.0.0.0 --port 5000")]
    [InlineData("Flask==3.0\ngunicorn>=20", "gunicorn --bind 0.0.0.0:5000 app:shop")]
    public void A_Flask_application_is_started_with_what_is_installed(string requirements, string start)
    {
        var found = Assert.Single(Detect(("requirements.txt", requirements), ("app.py", "from flask import Flask\n\nshop = Flask(__name__)\n")));

        Assert.Equal(start, found.SuggestedStart);
        Assert.Equal(5000, found.SuggestedPort);
        Assert.Equal(["requirements.txt", "app.py"], found.DecidingFiles);
    }

    [Fact]
    public void A_package_that_only_contains_the_word_is_not_the_framework()
    {
        var found = Assert.Single(Detect(("requirements.txt", "flask-cors\n"), ("app.py", "app = Flask(__name__)")));

        Assert.Equal("python app.py", found.SuggestedStart);
    }

    [Fact]
    public void A_FastAPI_application_in_a_package_is_found()
    {
        var found = Assert.Single(Detect(
            ("pyproject.toml", "dependencies = ['fastapi', 'uvicorn']"), ("src/shop/__init__.py", ""), ("src/shop/web.py", ""),
            ("shop/main.py", "api: FastAPI = fastapi.FastAPI(title='Shop')")));

        Assert.Equal("uvicorn --host 0.0.0.0 --port 8000 shop.main:api", found.SuggestedStart);
    }

    [Fact]
    public void Django_is_recognised_by_its_manage_script()
    {
        var found = Assert.Single(Detect(("requirements.txt", "django\ngunicorn"), ("manage.py", ""), ("site1/wsgi.py", "")));

        Assert.Equal("gunicorn --bind 0.0.0.0:8000 site1.wsgi:application", found.SuggestedStart);
    }

    [Theory]
    [InlineData("""{ "scripts": { "start": "node x.js" } }""", "npm start")]
    [InlineData("""{ "main": "lib/main.js" }""", "node lib/main.js")]
    [InlineData("""{ "main": "missing.js" }""", "node server.js")]
    [InlineData("""{ "scripts": [] }""", "node server.js")]
    [InlineData("not json", null)]
    public void Node_is_started_as_its_manifest_says(string manifest, string? start)
    {
        var found = Assert.Single(Detect(("package.json", manifest), ("lib/main.js", ""), ("server.js", ""), ("yarn.lock", "")));

        Assert.Equal(start, found.SuggestedStart);
        Assert.Equal(["package.json", "yarn.lock"], found.DecidingFiles);
    }

    [Theory]
    [InlineData("index.html", ".")]
    [InlineData("public/index.html", "public")]
    public void A_static_site_says_which_folder_is_served(string page, string root) =>
        Assert.Equal(root, Assert.Single(Detect((page, ""))).DocumentRoot);

    private static IReadOnlyList<Detection> Detect(params (string Path, string Text)[] files)
    {
        var texts = files.ToDictionary(file => file.Path, file => file.Text);
        return Detector.Detect(texts.Keys, path => texts.GetValueOrDefault(path));
    }
}
