using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Xunit;

namespace Nua.Testing.Contracts;

/// <content>What a server promises that holds the databases of several instances.</content>
public abstract partial class ProviderContract
{
    private const string OtherWord = "Grace";
    private static readonly InstanceName Other = InstanceName.Parse("other");

    /// <summary>Drops the tenant's own database, with its credentials; <see langword="null"/>: the server does not let it.</summary>
    protected virtual ExecCommand? GiveUp(IReadOnlyDictionary<string, string> env) => null;

    /// <summary>What a tenant may not do, with its credentials and in the server's workload.</summary>
    protected virtual IReadOnlyList<ExecCommand> Presumptions(IReadOnlyDictionary<string, string> env) => [];

    [Fact]
    public async Task Each_tenant_has_what_is_its_own_and_nobody_elses()
    {
        var (one, other) = (await MoveInAsync(Instance), await MoveInAsync(Other));
        await AssertKeepsAsync(one, Word);
        await AssertKeepsAsync(other, OtherWord);

        await AssertRecallsAsync(one, Word);
        await AssertRecallsAsync(other, OtherWord);
        Assert.Equal(one.Id, other.Id);
        var trespass = await ExecAsync(one, Recall(With(one.Env, DatabaseVariable, other.Env[DatabaseVariable])));
        var guess = await ExecAsync(one, Recall(other.Env.ToDictionary(
            variable => variable.Key, variable => other.Secrets.Contains(variable.Value) ? one.Env[variable.Key] : variable.Value)));
        Assert.All([trespass, guess], outcome => Assert.False(outcome.Succeeded, outcome.Output));
        foreach (var presumption in Presumptions(one.Env))
        {
            Assert.False((await ExecAsync(one, presumption)).Succeeded, string.Join(' ', presumption.Arguments));
        }
    }

    [Fact]
    public async Task Nobody_who_looks_sees_a_tenants_secret_and_no_app_has_the_servers()
    {
        var tenant = await MoveInAsync(Instance);
        await MoveInAsync(Other);
        await RunAsync(new RestartInstance(_seams), new InstanceRequest(Instance));
        await AssertHiddenAsync(tenant, tenant.Secrets);

        var server = (await _seams.Journal.HistoryAsync(await ServerAsync(), Cancellation))[0];
        var vault = await _seams.Vault.ReadAsync(server.Instance, Cancellation);
        var apps = (await Runtime.ListAsync(Cancellation)).Workloads.Where(workload => workload.Owner.Instance != server.Instance).ToList();
        Assert.Equal(2, apps.Count);
        foreach (var app in apps)
        {
            var shown = await ShowAsync(app.Id);
            Assert.All(vault.Values, secret => Assert.DoesNotContain(secret.Reveal(), shown, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_tenant_that_is_destroyed_with_its_data_is_gone_and_harms_no_other()
    {
        var (one, other) = (await MoveInAsync(Instance), await MoveInAsync(Other));
        await AssertKeepsAsync(one, Word);
        await AssertKeepsAsync(other, OtherWord);

        await RunAsync(new DestroyInstance(_seams), new DestroyRequest(Instance, WithData: true, AcceptDataLoss: true));
        var shutOut = await ExecAsync(one, Recall(one.Env));
        await AssertRecallsAsync(other, OtherWord);
        var afresh = await MoveInAsync(Instance);

        Assert.False(shutOut.Succeeded, shutOut.Output);
        Assert.DoesNotContain(Word, (await ExecAsync(afresh, Recall(afresh.Env))).Output, StringComparison.Ordinal);
        await AssertKeepsAsync(afresh, OtherWord);
    }

    [Fact]
    public async Task A_tenant_comes_back_to_its_data_and_finds_it_when_the_server_was_made_anew()
    {
        var tenant = await MoveInAsync(Instance);
        await MoveInAsync(Other);
        await AssertKeepsAsync(tenant, Word);

        await RunAsync(new DestroyInstance(_seams), new DestroyRequest(Instance));
        await SettleAsync();
        await Runtime.RemoveAsync(tenant.Id, Cancellation);
        await RunAsync(new RestartInstance(_seams), new InstanceRequest(await ServerAsync()));
        var guests = (await Runtime.FindAsync(tenant.Id, Cancellation))!.FurtherNetworks.Count;
        var back = await MoveInAsync(Instance);

        Assert.Equal(1, guests);
        await AssertRecallsAsync(back, Word);
        Assert.Equal(2, (await Runtime.FindAsync(back.Id, Cancellation))!.FurtherNetworks.Count);
    }

    [Fact]
    public async Task A_tenants_password_is_changed_and_no_others()
    {
        var (before, other) = (await MoveInAsync(Instance), await MoveInAsync(Other));
        await AssertKeepsAsync(before, Word);
        await AssertKeepsAsync(other, OtherWord);

        await RunAsync(new RotateSecrets(_seams), new RotateRequest(Instance, []));
        var after = await TenantAsync(Instance);

        Assert.Empty(before.Secrets.Intersect(after.Secrets));
        await AssertLetsInAsync(after, before);
        await AssertRecallsAsync(other, OtherWord);
        await AssertHiddenAsync(after, [.. before.Secrets, .. after.Secrets]);
    }

    [Fact]
    public async Task Several_who_move_in_at_once_do_not_hinder_each_other()
    {
        _ = Holder;
        var image = await AppImageAsync(ConfigOf(Holder.TenantVariables));
        List<InstanceName> names = [InstanceName.Parse("one"), InstanceName.Parse("two"), InstanceName.Parse("three"), InstanceName.Parse("four")];

        await Task.WhenAll(names.Select(name => RunAsync(
            new DeployInstance(_seams, Runner), new DeployRequest(image, name) { Share = [Role] })));

        foreach (var name in names)
        {
            await AssertKeepsAsync(await TenantAsync(name), $"{name}");
        }

        await Task.WhenAll(names.Take(3).Select(name => RunAsync(
            new DestroyInstance(_seams), new DestroyRequest(name, WithData: true, AcceptDataLoss: true))));
        await AssertRecallsAsync(await TenantAsync(names[3]), "four");
    }

    [Fact]
    public async Task What_is_anothers_is_left_alone_and_what_is_missing_is_made_again()
    {
        var tenant = await MoveInAsync(Instance);
        await AssertKeepsAsync(tenant, Word);
        var server = await ServerEnvAsync();
        var thief = new Tenant(new TenantMark(Other, 0, Role, "op-2"), tenant.Env);
        var administrator = new Tenant(thief.Mark, Holder.TenantVariables.ToDictionary(name => name, name => server[name]));

        var stolen = await ExecAsync(tenant, Holder.Admit(server, thief));
        var usurped = await ExecAsync(tenant, Holder.Admit(server, administrator));
        await ExecAsync(tenant, Holder.Dismiss(server, TenantMark.Of(Other)));
        await AssertRecallsAsync(tenant, Word);
        await ExecAsync(tenant, Holder.Dismiss(server, TenantMark.Of(Instance)));
        await RunAsync(new RestartInstance(_seams), new InstanceRequest(Instance));

        Assert.All([stolen, usurped], outcome => Assert.Equal((IHoldsTenants.WillNot, ""), (outcome.ExitCode, outcome.Output.Trim())));
        await AssertKeepsAsync(tenant, OtherWord);
    }

    /// <summary>kill -9 of Nua when any step of it has begun or ended, with a real server.</summary>
    [Fact]
    public async Task An_operation_that_found_it_made_does_not_take_it_away()
    {
        var tenant = await MoveInAsync(Instance);
        await AssertKeepsAsync(tenant, Word);
        var server = await ServerEnvAsync();
        var again = new Tenant(new TenantMark(Instance, 0, Role, "another-operation"), tenant.Env);

        var admitted = await ExecAsync(tenant, Holder.Admit(server, again));
        var undone = await ExecAsync(tenant, Holder.Dismiss(server, again.Mark.ToString()));

        Assert.All([admitted, undone], outcome => Assert.True(outcome.Succeeded, outcome.LastLine));
        await AssertRecallsAsync(tenant, Word);
    }

    /// <summary>Who had a name once may still have rights under it.</summary>
    [Fact]
    public async Task A_name_that_somebody_has_is_not_given_to_another_though_nothing_is_there()
    {
        var tenant = await MoveInAsync(Instance);
        var server = await ServerEnvAsync();
        if (GiveUp(tenant.Env) is { } giveUp)
        {
            Assert.True((await ExecAsync(tenant, giveUp)).Succeeded);
        }

        var user = Holder.TenantNames.Single(name => name != DatabaseVariable);
        var heir = await ExecAsync(tenant, Holder.Admit(server, new Tenant(new TenantMark(Other, 0, Role, "op-2"), With(tenant.Env, user, "heir"))));

        Assert.Equal(IHoldsTenants.WillNot, heir.ExitCode);
    }

    [Fact]
    public async Task One_who_moves_in_while_Nua_dies_is_in_or_was_never_there()
    {
        var other = await MoveInAsync(Other);
        await AssertKeepsAsync(other, OtherWord);
        var request = new DeployRequest(await AppImageAsync(ConfigOf(Holder.TenantVariables)), Instance) { Share = [Role] };
        var steps = (await new PlanDeployment(_seams).RunAsync(request, build: null, Cancellation)).Steps.ToList();
        var first = (2 * steps.IndexOf(steps.Single(step => step.StartsWith("let ", StringComparison.Ordinal)))) + 1;
        foreach (var write in Enumerable.Range(first, 7))
        {
            _log.DieAtWrite = _log.Writes + write;
            var runner = NewRunner();
            await runner.StartAsync(new DeployInstance(_seams, runner), request, "somebody", Cancellation);
            await runner.WhenIdleAsync();
            _log.DieAtWrite = 0;

            await NewRunner().ResumeUnfinishedAsync([new DeployInstance(_seams, Runner)], Cancellation);

            Assert.Empty(await _log.UnfinishedAsync(Cancellation));
            Assert.Single((await Runtime.FindAsync(other.Id, Cancellation))!.FurtherNetworks);
        }

        await AssertKeepsAsync(await MoveInAsync(Instance), Word);
        await AssertRecallsAsync(other, OtherWord);
    }

    private IHoldsTenants Holder
    {
        get
        {
            Assert.SkipUnless(Provider is IHoldsTenants, "It holds no tenants.");
            return (IHoldsTenants)Provider;
        }
    }

    private string DatabaseVariable => Provider.Env.Single(variable => variable.Value is Setting.UniqueDatabase).Key;

    private async Task<Service> MoveInAsync(InstanceName tenant)
    {
        var image = await AppImageAsync(ConfigOf(Holder.TenantVariables));
        await RunAsync(new DeployInstance(_seams, Runner), new DeployRequest(image, tenant) { Share = [Role] });
        return await TenantAsync(tenant);
    }

    private async Task<InstanceName> ServerAsync() => (await _seams.Journal.InstancesAsync(Cancellation))
        .Select(record => record.Name)
        .Single(name => name == new ServerKind(Provider.Name, Provider.Versions[0]).Instance);

    private async Task<IReadOnlyDictionary<string, string>> ServerEnvAsync()
    {
        var server = (await _seams.Journal.HistoryAsync(await ServerAsync(), Cancellation))[0];
        var vault = await _seams.Vault.ReadAsync(server.Instance, Cancellation);
        return server.App.Env.ToDictionary(variable => variable.Key, variable => variable.Value.Fill(kept => vault[kept.Key].Reveal()));
    }

    /// <summary>What it has in the shared server, as its newest deployment has it.</summary>
    private async Task<Service> TenantAsync(InstanceName tenant)
    {
        var tenancy = (await _seams.Journal.HistoryAsync(tenant, Cancellation))[0].Tenancies.Single();
        var server = (await _seams.Journal.HistoryAsync(tenancy.Server, Cancellation))[0];
        var vault = await _seams.Vault.ReadAsync(tenant, Cancellation);
        string Reveal(KeptReference kept) => vault[kept.Key].Reveal();
        return new Service(
            new WorkloadId(server.App.Name),
            tenancy.Env.ToDictionary(variable => variable.Key, variable => variable.Value.Fill(Reveal)),
            [.. tenancy.Env.Values.Where(value => value.IsSecret).Select(value => value.Fill(Reveal))]);
    }

    private async Task AssertKeepsAsync(Service service, string word)
    {
        var kept = await ExecAsync(service, Keep(service.Env, word));
        Assert.True(kept.Succeeded, kept.LastLine);
        await AssertRecallsAsync(service, word);
    }

    private async Task AssertRecallsAsync(Service service, string word)
    {
        var recalled = await ExecAsync(service, Recall(service.Env));
        Assert.True(recalled.Succeeded, recalled.LastLine);
        Assert.Contains(word, recalled.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> env, string name, string value) =>
        new(env) { [name] = value };
}
