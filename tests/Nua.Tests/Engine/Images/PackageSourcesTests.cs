using Nua.Engine.Images.Mirrors;
using Xunit;

namespace Nua.Tests.Engine.Images;

public sealed class PackageSourcesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-mirrors-");

    [Theory]
    [InlineData("https://packages.example/simple", "https://packages.example/simple", null, null)]
    [InlineData("https://joe:s%40crt@packages.example:8443/x/", "https://packages.example:8443/x/", "joe", "s@crt")]
    [InlineData("http://token@packages.example", "http://packages.example", "token", null)]
    [InlineData("sparse+https://joe:word@crates.example/", "sparse+https://crates.example/", "joe", "word")]
    public void An_address_is_taken_apart_and_can_be_put_together_again(string text, string address, string? user, string? password)
    {
        var mirror = PackageMirror.Parse(text)!;

        Assert.Equal((address, user, password), (mirror.Address, mirror.User, mirror.Password?.Reveal()));
        Assert.Equal(text, mirror.Reveal());
        Assert.DoesNotContain($"= {password ?? "-"}", mirror.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("packages.example")]
    [InlineData("/srv/packages")]
    [InlineData("ftp://packages.example/")]
    [InlineData("https:///simple")]
    public void What_is_no_address_of_a_server_is_refused(string text) => Assert.Null(PackageMirror.Parse(text));

    [Fact]
    public void Every_tool_is_told_where_its_packages_are()
    {
        var mirrors = AllFrom("https://joe:w%22rd@{0}.example/p/");

        var sources = PackageSources.Of(mirrors, "/etc/ca.pem", apt: null, _folder.FullName);
        sources.Write();

        Assert.Equal(
            "[global]\nindex-url = https://joe:w%22rd@pip.example/p/\n",
            Lent("pip.conf"));
        Assert.Equal("registry=https://npm.example/p/\n//npm.example/p/:_auth=am9lOncicmQ=\n", Lent("npmrc"));
        Assert.Equal(":sources:\n- \"https://joe:w%22rd@gem.example/p/\"\n", Lent("gemrc"));
        Assert.Equal("---\nBUNDLE_MIRROR__ALL: \"https://joe:w%22rd@gem.example/p/\"\n", Lent("bundle"));
        Assert.Equal("GOPROXY=https://joe:w%22rd@go.example/p/\n", Lent("go.env"));
        Assert.Contains("[source.nua]\nregistry = \"https://joe:w%22rd@cargo.example/p/\"\n", Lent("cargo.toml"), StringComparison.Ordinal);
        Assert.Contains("<url>https://maven.example/p/</url>", Lent("maven.xml"), StringComparison.Ordinal);
        Assert.Contains("<username>joe</username><password>w&quot;rd</password>", Lent("maven.xml"), StringComparison.Ordinal);
        Assert.Contains("<add key=\"nua\" value=\"https://nuget.example/p/\" />", Lent("nuget.xml"), StringComparison.Ordinal);
        Assert.Contains("<add key=\"ClearTextPassword\" value=\"w&quot;rd\" />", Lent("nuget.xml"), StringComparison.Ordinal);
        Assert.Contains("{\"type\":\"composer\",\"url\":\"https://composer.example/p/\"}", Lent("composer.json"), StringComparison.Ordinal);
        Assert.Contains("\"composer.example\":{\"username\":\"joe\",\"password\":\"w\\u0022rd\"}", Lent("composer.json"), StringComparison.Ordinal);
        Assert.Equal(
            [
                "BUNDLE_USER_CONFIG=/dev/shm/nua/bundle", "CARGO_HTTP_CAINFO=/dev/shm/nua/ca.pem", "COMPOSER_CACHE_DIR=/nua/.cache/composer", "COMPOSER_HOME=/dev/shm/nua/composer",
                "CURL_CA_BUNDLE=/dev/shm/nua/ca.pem", "GEMRC=/dev/shm/nua/gemrc", "GIT_SSL_CAINFO=/dev/shm/nua/ca.pem",
                "GOENV=/dev/shm/nua/go.env", "MAVEN_ARGS=--global-settings /etc/maven/settings.xml",
                "NODE_EXTRA_CA_CERTS=/dev/shm/nua/ca.pem", "PIP_CERT=/dev/shm/nua/ca.pem", "PIP_CONFIG_FILE=/dev/shm/nua/pip.conf",
                "REQUESTS_CA_BUNDLE=/dev/shm/nua/ca.pem", "SSL_CERT_FILE=/dev/shm/nua/ca.pem",
                "npm_config_cafile=/dev/shm/nua/ca.pem", "npm_config_userconfig=/dev/shm/nua/npmrc",
            ],
            sources.Environment.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_lent_is_for_nobody_else_to_read_and_replaces_what_was_lent()
    {
        PackageSources.Of(AllFrom("https://{0}.example/"), authorities: null, apt: null, _folder.FullName).Write();

        var sources = PackageSources.Of(new PackageMirrors { Pip = PackageMirror.Parse("https://pip.example/") }, null, null, _folder.FullName);
        sources.Write();

        Assert.Equal("pip.conf", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.FullName))));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_folder.FullName));
        Assert.Equal([KeyValuePair.Create("pip.conf", Path.Combine(_folder.FullName, "pip.conf"))], sources.SecretFiles);
    }

    [Fact]
    public void A_password_is_hidden_in_every_form_a_tool_may_show_it_in()
    {
        var sources = PackageSources.Of(new PackageMirrors { Npm = PackageMirror.Parse("https://joe:s%40crt@npm.example/") }, null, null, "/lent");

        Assert.Equal(["s@crt", "s%40crt", "am9lOnNAY3J0"], sources.Hidden.Select(secret => secret.Reveal()));
    }

    [Fact]
    public void A_folder_is_lent_and_each_tool_is_told_of_its_own_in_there()
    {
        foreach (var tool in new[] { "pip", "npm", "go", "cargo", "maven", "nuget", "composer", "gem" })
        {
            _folder.CreateSubdirectory(tool);
        }

        var lent = _folder.CreateSubdirectory("lent").FullName;
        var folder = _folder.FullName;
        var sources = PackageSources.Of(
            new PackageMirrors
            {
                Folder = folder,
                Pip = PackageMirror.InFolder(folder, "pip"),
                Npm = PackageMirror.InFolder(folder, "npm"),
                Go = PackageMirror.InFolder(folder, "go"),
                Cargo = PackageMirror.InFolder(folder, "cargo"),
                Maven = PackageMirror.InFolder(folder, "maven"),
                Nuget = PackageMirror.InFolder(folder, "nuget"),
                Apt = PackageMirror.InFolder(folder, "apt"),
            },
            authorities: null,
            apt: null,
            lent);
        sources.Write();

        Assert.Equal("type=bind,from=packages,target=/dev/shm/nua/packages,rw", sources.Mounts[^1]);
        Assert.Empty(sources.AptMounts);
        Assert.Equal(folder, sources.Folder!.Folder);
        Assert.Equal("[global]\nno-index = true\nfind-links = /dev/shm/nua/packages/pip\n", File.ReadAllText(Path.Combine(lent, "pip.conf")));
        Assert.Equal("GOPROXY=file:///dev/shm/nua/packages/go\nGOSUMDB=off\n", File.ReadAllText(Path.Combine(lent, "go.env")));
        Assert.Contains("directory = \"/dev/shm/nua/packages/cargo\"", File.ReadAllText(Path.Combine(lent, "cargo.toml")), StringComparison.Ordinal);
        Assert.Contains("<url>file:///dev/shm/nua/packages/maven</url>", File.ReadAllText(Path.Combine(lent, "maven.xml")), StringComparison.Ordinal);
        Assert.Contains("value=\"/dev/shm/nua/packages/nuget\"", File.ReadAllText(Path.Combine(lent, "nuget.xml")), StringComparison.Ordinal);
        Assert.Equal(("/dev/shm/nua/packages/npm", "true"), (sources.Environment["npm_config_cache"], sources.Environment["npm_config_offline"]));
        Assert.False(File.Exists(Path.Combine(lent, "npmrc")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Lent(string name) => File.ReadAllText(Path.Combine(_folder.FullName, name));

    private static PackageMirrors AllFrom(string address)
    {
        return new PackageMirrors
        {
            Pip = Of("pip"),
            Npm = Of("npm"),
            Gem = Of("gem"),
            Go = Of("go"),
            Cargo = Of("cargo"),
            Maven = Of("maven"),
            Nuget = Of("nuget"),
            Composer = Of("composer"),
        };

        PackageMirror Of(string tool) => PackageMirror.Parse(address.Replace("{0}", tool, StringComparison.Ordinal))!;
    }
}
