using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>A plan says what the deploy then does, shows no value, and changes nothing.</summary>
public sealed class PlanDeploymentTests
{
    private const string Port = "[port.smtp]\ncontainer = 25\nhost = 2525\n";
    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    public static TheoryData<string> Situations => [.. Stories.Keys];

    /// <summary>What is there, and what is then asked.</summary>
    private static readonly Dictionary<string, Func<DeployWorld, Task<DeployRequest>>> Stories = new()
    {
        ["new"] = _ => Task.FromResult(Wish("1.0")),
        ["as before"] = async world =>
        {
            await world.DeployAsync();
            return Wish("1.0");
        },
        ["update"] = async world =>
        {
            await world.DeployAsync();
            world.Runtime.OnExec = (_, command) => command.Arguments.Contains("touch /x") ? new ExecOutcome(0, "", "") : null;
            world.AddImage("1.1", "[run]\npost-run = \"touch /x\"");
            return Wish("1.1");
        },
        ["update with a port of the host"] = async world =>
        {
            world.AddImage("1.1", Port);
            world.AddImage("1.2", Port + "[docker]\nhostname = \"new\"");
            await world.DeployAsync("1.1");
            return Wish("1.2");
        },
        ["a service changes and another goes"] = async world =>
        {
            world.AddImageWithPart("1.0");
            await world.DeployAsync();
            world.AddImage("1.1", config => config.Replace("module-version = \">=1\"", "module-version = \">=1\"\n[provider.env]\nMODE = \"fast\"", StringComparison.Ordinal));
            return Wish("1.1");
        },
        ["move"] = async world =>
        {
            await world.DeployAsync();
            return Wish("1.0") with { Domain = "b.example/notes" };
        },
        ["stopped"] = async world =>
        {
            await world.DeployAsync();
            await world.RunAsync(new StopInstance(world.Seams), new InstanceRequest(DeployWorld.Notes));
            return Wish("1.0");
        },
        ["return"] = async world =>
        {
            await world.DeployAsync();
            await world.RunAsync(new DestroyInstance(world.Seams), new DestroyRequest(DeployWorld.Notes));
            return Wish("1.0");
        },
        ["replace"] = async world =>
        {
            await world.DeployAsync();
            world.AddOtherApp();
            return Replacement(accepted: true);
        },
        ["no web face any more"] = async world =>
        {
            world.Runtime.HeadStart = TimeSpan.FromMinutes(1);
            await world.DeployAsync();
            world.AddImage("1.1", config => config.Replace("[port.web]\ncontainer = 8000", "", StringComparison.Ordinal));
            return Wish("1.1");
        },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task The_deploy_does_what_its_plan_says_step_by_step(string situation)
    {
        var request = await Stories[situation](_world);
        var before = _world.Runtime.Volumes;

        var plan = await PlanAsync(request);
        var ended = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), request);

        Assert.Null(ended.Problem);
        Assert.Equal((await _world.Log.StepsAsync(ended.Id, Cancellation)).Select(step => step.Name), plan.Steps);
        Assert.Equal(!DeployWorld.ResultOf(ended).Changed, plan.Unchanged);
        Assert.Equal(DeployWorld.ResultOf(ended).Number, plan.Number);
        Assert.Equal(DeployWorld.ResultOf(ended).Url, plan.Url?.ToString());
        Assert.Equal(_world.Runtime.Volumes, Names(plan, VolumeFate.Create, VolumeFate.Keep, VolumeFate.Unused));
        Assert.Equal(before.Except(_world.Runtime.Volumes), Names(plan, VolumeFate.Destroy));
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task A_plan_changes_nothing(string situation)
    {
        var request = await Stories[situation](_world);
        var before = await EverythingAsync();

        await PlanAsync(request);

        Assert.Equal(before, await EverythingAsync());
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task The_plan_after_the_deploy_is_that_there_is_nothing_to_do(string situation)
    {
        var request = await Stories[situation](_world);
        await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), request);

        Assert.True((await PlanAsync(request)).Unchanged);
    }

    [Fact]
    public async Task An_update_starts_the_app_beside_the_old_one_and_keeps_the_database()
    {
        var plan = await PlanAsync(await Stories["update"](_world));

        Assert.Equal(DeployStrategy.Update, plan.Strategy);
        Assert.False(plan.HasGap);
        Assert.Equal(
            [
                new WorkloadForecast("database", WorkloadChange.Keep, "fake-sql:2"),
                new WorkloadForecast("app", WorkloadChange.Start, "nua-notes:1.1"),
                new WorkloadForecast("app", WorkloadChange.Retire, "nua-notes:1.0"),
            ],
            plan.Workloads);
    }

    [Fact]
    public async Task A_gap_in_service_is_told_with_its_reason()
    {
        var port = await PlanAsync(await Stories["update with a port of the host"](_world));
        Assert.True(port.HasGap);
        Assert.Equal(StopReason.HostPort, port.Workloads.Single(workload => workload.StoppedFirst is not null).StoppedFirst);

        var world = new DeployWorld();
        var data = await new PlanDeployment(world.Seams).RunAsync(
            await Stories["a service changes and another goes"](world), build: null, Cancellation);
        Assert.True(data.HasGap);
        Assert.Equal(
            [("database", StopReason.DataFolder)],
            data.Workloads.Where(workload => workload.StoppedFirst is not null).Select(workload => (workload.Role, workload.StoppedFirst!.Value)));
    }

    [Fact]
    public async Task What_is_stopped_has_no_service_to_miss()
    {
        await Stories["update with a port of the host"](_world);
        await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));

        Assert.False((await PlanAsync(Wish("1.2"))).HasGap);
    }

    [Fact]
    public async Task Variables_are_told_by_name_and_kind_and_never_by_value()
    {
        await _world.DeployAsync();
        _world.AddImage("1.1", config => config
            .Replace("JSON = '{\"a\": {\"b\": 1}}'", "TOKEN = { random = true }\nGREETING = \"good morning\"", StringComparison.Ordinal)
            .Replace("DB_USER = { from = \"database\", key = \"DB_USER\" }", "DB_USER = \"{TOKEN}\"", StringComparison.Ordinal));

        var plan = await PlanAsync(Wish("1.1"));

        Assert.Equal(
            [
                new VariableForecast("app", "DB_URL", ForecastChange.Change, VariableKind.Provider, "database"),
                new VariableForecast("app", "DB_USER", ForecastChange.Change, VariableKind.Random),
                new VariableForecast("app", "GREETING", ForecastChange.Add, VariableKind.Text),
                new VariableForecast("app", "JSON", ForecastChange.Remove, VariableKind.Text),
                new VariableForecast("app", "TOKEN", ForecastChange.Add, VariableKind.Random),
            ],
            plan.Variables.OrderBy(variable => variable.Name, StringComparer.Ordinal));
        Assert.DoesNotContain("good morning", plan.ToString());
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_told_with_what_is_known_of_its_size()
    {
        var first = await PlanAsync(Wish("1.0"));
        Assert.Equal([new ImageToHave("fake-sql:2", IsBuilt: false)], first.ImagesToHave);

        await _world.DeployAsync();
        Assert.Empty((await PlanAsync(Wish("1.0"))).ImagesToHave);
    }

    [Fact]
    public async Task A_replacement_shows_the_data_at_stake_and_why_it_would_be_refused()
    {
        await Stories["replace"](_world);

        var plan = await PlanAsync(Replacement(accepted: false));

        Assert.Equal("deploy.data-unproven", plan.Refusal!.Code);
        Assert.Equal(["nua_notes_database-data", "nua_notes_uploads"], Names(plan, VolumeFate.Destroy));
        Assert.Null((await PlanAsync(Replacement(accepted: true))).Refusal);
    }

    [Fact]
    public async Task What_the_deploy_would_refuse_is_refused_for_the_same_reason()
    {
        await Stories["replace"](_world);
        _world.AddImage("1.1", "[[volume]]\ntype = \"directory\"\nname = \"/etc\"\ntarget = \"/x\"");

        Assert.Equal("deploy.other-app", await RefusalOf(Replacement(accepted: true) with { Replace = false }));
        Assert.Equal("deploy.no-image", await RefusalOf(Wish("9.9")));
        Assert.Equal("deploy.host-folder-refused", await RefusalOf(Wish("1.1")));
        Assert.Equal("deploy.host-shared", await RefusalOf(
            new DeployRequest("notes", InstanceName.Parse("other"), $"{DeployWorld.Domain}/x")));
    }

    [Fact]
    public async Task A_site_may_take_the_domain_that_one_before_it_in_the_file_leaves()
    {
        await _world.DeployAsync(domain: "a.example");
        const string Text =
            """
            [[site]]
            image = "notes"
            label = "notes"
            domain = "b.example"
            [[site]]
            image = "notes"
            label = "other"
            domain = "a.example"
            """;
        var second = new DeployRequest("notes", InstanceName.Parse("other"), "a.example", new SiteSource("sites.toml", Text, 1));

        Assert.Equal(DeployStrategy.New, (await PlanAsync(second)).Strategy);
        Assert.Equal("deploy.domain-taken", await RefusalOf(second with { Site = null }));
    }

    private static DeployRequest Wish(string version) => new($"nua-notes:{version}", DeployWorld.Notes);

    private static DeployRequest Replacement(bool accepted) =>
        new("nua-wiki:1.0", DeployWorld.Notes) { Replace = true, AcceptDataLoss = accepted };

    private Task<DeployForecast> PlanAsync(DeployRequest request) =>
        new PlanDeployment(_world.Seams).RunAsync(request, build: null, Cancellation);

    private async Task<string> RefusalOf(DeployRequest request) =>
        (await Assert.ThrowsAsync<NuaException>(() => PlanAsync(request))).Problem.Code;

    private static IEnumerable<string> Names(DeployForecast plan, params IReadOnlyList<VolumeFate> fates) =>
        plan.Volumes.Where(volume => fates.Contains(volume.Fate)).Select(volume => volume.Name).Order(StringComparer.Ordinal);

    /// <summary>All that any seam holds, and every call that was to change something.</summary>
    private async Task<string> EverythingAsync() => string.Join(
        '\n',
        [
            _world.Everything,
            .. _world.Runtime.Calls,
            .. (await _world.Gateway.ListAsync(Cancellation)).Select(route => route.ToString()),
            .. (await _world.Journal.InstancesAsync(Cancellation)).Select(instance => instance.ToString()),
            .. (await _world.Vault.ReadAsync(DeployWorld.Notes, Cancellation)).Keys.Select(key => key.ToString()).Order(),
            $"{(await _world.Journal.HistoryAsync(DeployWorld.Notes, Cancellation)).Count} deployments",
            $"{_world.Log.Writes} writes",
        ]);
}
