using Nua.Core.Packages;
using Nua.Core.Starting;
using Nua.Engine.Build;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>What a <c>Procfile</c> decides, and what goes before it.</summary>
public sealed class ProcfilePlanTests
{
    private static readonly (string, string) Requirements = ("requirements.txt", "flask\ngunicorn\n");
    private static readonly (string, string) Flask = ("app.py", "app = Flask(__name__)\n");
    private static readonly (string, string) Procfile =
        ("Procfile", "web: gunicorn --workers 2 app:app\nworker: rq worker\nclock: python clock.py\nrelease: flask db upgrade\n");

    [Fact]
    public void It_says_what_starts_and_what_runs_before()
    {
        var plan = Planning.Plan("", Requirements, Flask, Procfile);

        Assert.Equal("python", plan.Builder);
        var start = StartOf(plan);
        Assert.Equal(["gunicorn --workers 2 app:app"], start.Start);
        Assert.Equal(["flask db upgrade"], start.Before);
        Assert.Equal((start.Start[0], start.Before[0]), (Assert.Single(plan.Package.Run.Start), Assert.Single(plan.Package.Run.BeforeRun)));
        Assert.Contains(plan.Decisions, decision => decision is { About: "other processes", Choice: "worker, clock: not started" });
    }

    [Theory]
    [InlineData("", "8000", 8000)]
    [InlineData("[port.web]\ncontainer = 9000\n", "9000", 9000)]
    [InlineData("[env]\nPORT = \"7000\"\n", null, 7000)]
    [InlineData("[env]\nPORT = { key = \"x\" }\n[port.web]\ncontainer = 9000\n", null, 9000)]
    public void The_app_is_told_its_port(string config, string? variable, int port)
    {
        var plan = Planning.Plan(config, Requirements, Flask, Procfile);

        Assert.Equal(variable is not null, plan.Dockerfile.Contains($"ENV PORT=\"{variable}\"", StringComparison.Ordinal));
        Assert.Equal(variable is not null, plan.Dockerfile.Contains("ENV PORT", StringComparison.Ordinal));
        Assert.Equal(new PortNumber.Fixed(port), Assert.Single(plan.Package.Ports).Container);
    }

    [Fact]
    public void What_the_nua_config_says_takes_its_place()
    {
        var before = Planning.Plan("[run]\nbefore-run = \"true\"\n", Requirements, Flask, Procfile);
        var start = Planning.Plan("[run]\nstart = \"flask run\"\n", Requirements, Flask, Procfile);

        Assert.Equal(["true"], StartOf(before).Before);
        Assert.Equal(["flask run"], StartOf(start).Start);
        Assert.Empty(StartOf(start).Before);
        Assert.DoesNotContain("ENV PORT", start.Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Alone_it_makes_a_plain_image()
    {
        var plan = Planning.Plan("", ("Procfile", "web: ./serve --port $PORT\n"), ("index.html", "x"));

        Assert.Equal(("plain", "no language was recognised, and Procfile says what to run"), (plan.Builder, plan.Because));
        Assert.Equal(["./serve --port $PORT"], StartOf(plan).Start);
    }

    [Fact]
    public void What_it_runs_tells_the_language() =>
        Assert.Equal(("python", "Procfile runs gunicorn"), With(Planning.Plan("", ("Procfile", "web: gunicorn app:app\n"), Flask)));

    [Fact]
    public void A_builder_that_only_serves_files_starts_its_own_server()
    {
        var plan = Planning.Plan("[build]\nbuilder = \"static\"\n", Procfile, ("public/index.html", "x"));

        Assert.Equal("static", plan.Builder);
        Assert.StartsWith("nginx", Assert.Single(StartOf(plan).Start), StringComparison.Ordinal);
        Assert.Empty(StartOf(plan).Before);
    }

    private static (string Builder, string Because) With(BuildPlan plan) => (plan.Builder, plan.Because);

    private static StartFile StartOf(BuildPlan plan) =>
        StartFile.Parse(System.Text.Encoding.UTF8.GetBytes(plan.Texts["nua/metadata/start.json"]));
}
