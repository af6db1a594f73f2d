using System.Text;
using Nua.Agent.Starting;
using Nua.Core.Starting;
using Nua.Drivers.Images.Distro;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
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
            ARG NPM_REGISTRY
            COPY files/ /
            RUN --mount=type=cache,id=nua-apt-archives,target=/var/cache/apt,sharing=locked \
                --mount=type=cache,id=nua-apt-lists,target=/var/lib/apt/lists,sharing=locked \
                apt-get -q update -o APT::Update::Error-Mode=any \
             && DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends \
                -o Binary::apt-get::APT::Keep-Downloaded-Packages=true -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold \
                db db-tools \
             && rm -rf /var/log/apt /var/log/*.log /var/cache/debconf/*-old /var/cache/ldconfig /var/lib/dpkg/*-old
            ARG CURL_CA_BUNDLE=/run/secrets/nua-ca.pem
            ARG NODE_EXTRA_CA_CERTS=/run/secrets/nua-ca.pem
            ARG SSL_CERT_FILE=/run/secrets/nua-ca.pem
            ARG npm_config_cafile=/run/secrets/nua-ca.pem
            RUN --mount=type=secret,id=ca,target=/run/secrets/nua-ca.pem,mode=0444 make-user db
            ENV PRICE="\"5\$\" \\ day"
            COPY agent /nua/agent
            LABEL rocks.nua.agent=start
            ENTRYPOINT ["/nua/agent", "start", "--"]
            CMD ["/usr/local/bin/start", "--name=\u0022x\u0022"]
            STOPSIGNAL SIGINT

            """,
            RecipeDockerfile.OnBase(Recipe, "nua/base:bookworm", ["NPM_REGISTRY"]));
    }

    [Fact]
    public void A_base_to_build_on_has_no_agent()
    {
        var dockerfile = RecipeDockerfile.OnBase(Recipe with { Command = [] }, "nua/base:bookworm", []);

        Assert.DoesNotContain("agent", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_pulled_keeps_its_own_command_below_the_agent()
    {
        Assert.Equal(
            """
            FROM docker.io/library/postgres:15
            USER 0
            COPY agent /nua/agent
            LABEL rocks.nua.agent=start
            ENTRYPOINT ["/nua/agent", "start", "--"]
            CMD ["docker-entrypoint.sh", "postgres"]

            """,
            RecipeDockerfile.UnderAgent("docker.io/library/postgres:15", new ImageStart(["docker-entrypoint.sh", "postgres"])));
    }

    [Fact]
    public void What_was_pulled_runs_as_its_own_user() => Assert.Contains(
        "\nENTRYPOINT [\"/nua/agent\", \"start\", \"--user\", \"1000:media\", \"--\"]\n",
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
