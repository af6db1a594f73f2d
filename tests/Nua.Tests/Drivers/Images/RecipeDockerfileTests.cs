using System.Text;
using Nua.Agent.Starting;
using Nua.Core.Starting;
using Nua.Drivers.Images.Distro;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class RecipeDockerfileTests
{
    private static readonly ImageRecipe Recipe = new()
    {
        Name = "database",
        Version = "1",
        Packages = ["db", "db-tools"],
        Files = new Dictionary<string, string> { ["/usr/local/bin/start"] = "#!/bin/sh\n" },
        SetUp = ["make-user db"],
        Environment = new Dictionary<string, string> { ["PRICE"] = "\"5$\" \\ day" },
        Command = ["/usr/local/bin/start", "--name=\"x\""],
        StopSignal = "SIGINT",
    };

    [Fact]
    public void A_recipe_is_files_then_packages_then_set_up_then_the_agent()
    {
        Assert.Equal(
            """
            FROM nua/base:bookworm
            COPY files/ /
            RUN --mount=type=cache,id=nua-apt-archives,target=/var/cache/apt,sharing=locked \
                --mount=type=cache,id=nua-apt-lists,target=/var/lib/apt/lists,sharing=locked \
                apt-get -q update -o APT::Update::Error-Mode=any \
             && DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends \
                -o Binary::apt-get::APT::Keep-Downloaded-Packages=true -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold \
                db db-tools \
             && rm -rf /var/log/apt /var/log/*.log /var/cache/debconf/*-old /var/cache/ldconfig /var/lib/dpkg/*-old
            RUN make-user db
            ENV PRICE="\"5\$\" \\ day"
            COPY agent /usr/local/bin/nua-agent
            LABEL rocks.nua.agent=start
            ENTRYPOINT ["/usr/local/bin/nua-agent", "start", "--"]
            CMD ["/usr/local/bin/start", "--name=\u0022x\u0022"]
            STOPSIGNAL SIGINT

            """,
            RecipeDockerfile.OnBase(Recipe, "nua/base:bookworm", PackageSources.Usual, NpmOrigin.Registry));
    }

    [Fact]
    public void A_base_to_build_on_has_no_agent()
    {
        var dockerfile = RecipeDockerfile.OnBase(Recipe with { Command = [] }, "nua/base:bookworm", PackageSources.Usual, NpmOrigin.Registry);

        Assert.DoesNotContain("agent", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_are_lent_what_the_operator_set_and_the_image_is_told_nothing_of_it()
    {
        var mirrors = new PackageMirrors { Apt = PackageMirror.Parse("http://joe:word@deb.example/"), Maven = PackageMirror.Parse("http://maven.example/") };
        var packages = PackageSources.Of(mirrors, "/ca.pem", new AptLines("bookworm", ["deb http://joe:word@deb.example bookworm main"]), "/lent");

        var dockerfile = RecipeDockerfile.OnBase(Recipe, "nua/base:bookworm", packages, NpmOrigin.Registry);

        Assert.Contains(
            """
                --mount=type=secret,id=ca,target=/dev/shm/nua/ca.pem,mode=0444 \
                --mount=type=secret,id=apt.conf,target=/dev/shm/nua/apt-bookworm.conf,mode=0444 \
                --mount=type=secret,id=apt.list,target=/dev/shm/nua/apt.list,mode=0444 \
                export APT_CONFIG=/dev/shm/nua/apt-$(. /etc/os-release; echo "$VERSION_CODENAME").conf; apt-get -q update
            """,
            dockerfile,
            StringComparison.Ordinal);
        Assert.Contains("\nARG SSL_CERT_FILE=\"/dev/shm/nua/ca.pem\"\n", dockerfile, StringComparison.Ordinal);
        Assert.Contains("\nARG MAVEN_ARGS=\"--global-settings /etc/maven/settings.xml\"\n", dockerfile, StringComparison.Ordinal);
        Assert.Contains(
            "\nRUN --mount=type=secret,id=ca,target=/dev/shm/nua/ca.pem,mode=0444"
            + " --mount=type=secret,id=maven.xml,target=/etc/maven/settings.xml,mode=0444 make-user db\n",
            dockerfile,
            StringComparison.Ordinal);
        Assert.DoesNotContain("example", dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("ENV SSL", dockerfile, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        NpmOrigin.Registry,
        "/usr/lib/apt/apt-helper -qq -o Acquire::Retries=3 download-file \"$(cat /dev/shm/nua/npm-registry)/npm/-/npm-1.0.tgz\" npm.tgz SHA512:001122")]
    [InlineData(NpmOrigin.Distribution, "npm pack --silent npm@1.0 && mv npm-1.0.tgz npm.tgz && echo '001122  npm.tgz' | sha512sum -c --quiet")]
    internal void Packages_of_npm_are_fetched_in_a_stage_of_their_own_and_compared(NpmOrigin origin, string fetch)
    {
        var recipe = Recipe with { NpmPackages = [new NpmPackage("npm", "1.0", "ABEi")] };

        var dockerfile = RecipeDockerfile.OnBase(recipe, "nua/base:bookworm", PackageSources.Usual, origin);

        Assert.StartsWith("FROM nua/base:bookworm AS npm\n", dockerfile, StringComparison.Ordinal);
        Assert.Contains($",mode=0444 {fetch}\nFROM nua/base:bookworm\n", dockerfile, StringComparison.Ordinal);
        Assert.Contains("\nRUN --mount=type=bind,from=npm,source=/packages,target=/dev/shm/nua/npm make-user db\n", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_of_npm_are_taken_from_the_cache_in_the_operators_folder()
    {
        var folder = Directory.CreateTempSubdirectory("nua-mirrors-");
        folder.CreateSubdirectory("npm");
        var mirrors = new PackageMirrors { Folder = folder.FullName, Npm = PackageMirror.InFolder(folder.FullName, "npm") };
        folder.Delete(recursive: true);
        var recipe = Recipe with { NpmPackages = [new NpmPackage("npm", "1.0", "ABEi")] };

        var dockerfile = RecipeDockerfile.OnBase(recipe, "base", PackageSources.Of(mirrors, authorities: null, apt: null, "/lent"), NpmOrigin.Folder);

        Assert.StartsWith("ARG NUA_PACKAGES\nFROM ${NUA_PACKAGES} AS packages\nFROM base AS npm\n", dockerfile, StringComparison.Ordinal);
        Assert.Contains(
            "RUN --mount=type=bind,from=packages,target=/dev/shm/nua/packages,rw --mount=type=secret,id=npm-registry,target=/dev/shm/nua/npm-registry,mode=0444"
            + " cp /dev/shm/nua/packages/npm/_cacache/content-v2/sha512/00/11/22 npm.tgz && echo",
            dockerfile,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_pulled_keeps_its_own_command_below_the_agent()
    {
        Assert.Equal(
            """
            FROM docker.io/library/postgres:15
            USER 0
            COPY agent /usr/local/bin/nua-agent
            LABEL rocks.nua.agent=start
            ENTRYPOINT ["/usr/local/bin/nua-agent", "start", "--"]
            CMD ["docker-entrypoint.sh", "postgres"]

            """,
            RecipeDockerfile.UnderAgent("docker.io/library/postgres:15", new ImageStart(["docker-entrypoint.sh", "postgres"])));
    }

    [Fact]
    public void What_was_pulled_runs_as_its_own_user() => Assert.Contains(
        "\nENTRYPOINT [\"/usr/local/bin/nua-agent\", \"start\", \"--user\", \"1000:media\", \"--\"]\n",
        RecipeDockerfile.UnderAgent("search:1", new ImageStart(["search"], User: "1000:media")),
        StringComparison.Ordinal);

    [Fact]
    public void So_do_commands_in_its_container_and_where_the_image_says()
    {
        var start = new ImageStart(["search"], User: "1000:media");

        var file = Assert.Single(RecipeDockerfile.StartFiles(start));
        var read = StartFile.Parse(Encoding.UTF8.GetBytes(file.Value));
        var plan = LaunchPlan.For(new StartArguments(User: null, WorkingDirectory: null, ["ask"]), read, "/bin/sh");

        Assert.Contains(
            "\nCOPY files/nua/metadata/start.json /nua/metadata/start.json\n",
            RecipeDockerfile.UnderAgent("search:1", start),
            StringComparison.Ordinal);
        Assert.Equal(("1000:media", "."), (plan.User, plan.WorkingDirectory));
    }
}
