using Nua.Core.Names;
using Nua.Engine.Cloning;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Images;
using Nua.Engine.Measuring;
using Nua.Engine.Operations;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Testing.Contracts;

/// <summary>
/// What every provider that is a server promises, on a real one: it is deployed beside an app as any instance is. A new provider
/// is done when a subclass of this is green.
/// </summary>
public abstract partial class ProviderContract : IAsyncLifetime
{
    private const string Role = "service";
    private const string Word = "Ada";
    private static readonly InstanceName Instance = InstanceName.Parse("contract");
    private static readonly InstanceName Copy = InstanceName.Parse("copy");
    private readonly InMemoryOperationLog _log = new();
    private readonly List<Exception> _bugs = [];
    private EngineSeams _seams = null!;
    private OperationRunner? _runner;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The name of the server that each test has of its own.</summary>
    protected string Server { get; } = $"nua-test-{Guid.NewGuid():N}";

    private OperationRunner Runner => _runner ??= NewRunner();

    protected abstract IServerProvider Provider { get; }

    protected abstract IRuntimeDriver Runtime { get; }

    protected abstract IImageStore Images { get; }

    protected abstract ImageSupply Supply { get; }

    /// <summary>Has it keep a word, in its own workload and with the app's credentials.</summary>
    protected abstract ExecCommand Keep(IReadOnlyDictionary<string, string> env, string word);

    /// <summary>Has it say what it was given to keep.</summary>
    protected abstract ExecCommand Recall(IReadOnlyDictionary<string, string> env);

    /// <summary>The image of an app with that nua-config, which runs and does nothing.</summary>
    protected abstract Task<string> AppImageAsync(string config);

    /// <summary>All that the engine shows of a workload: its settings, its processes with their command lines.</summary>
    protected abstract Task<string> ShowAsync(WorkloadId id);

    /// <summary>The numbers of the users that its programs run as, the agent's aside.</summary>
    protected abstract Task<IReadOnlyList<string>> UsersAsync(WorkloadId id);

    public virtual ValueTask InitializeAsync()
    {
        _seams = new EngineSeams
        {
            Runtime = Runtime,
            ImageStore = Images,
            ImageSupply = Supply,
            Gateway = new InMemoryGateway(),
            Journal = new InMemoryJournal(),
            Vault = new InMemoryVault(),
            Providers = new ProviderCatalog(Provider),
            Probe = new NoProbe(),
            Clock = TimeProvider.System,
            Names = new EngineNames(Server),
        };
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        var inventory = await Runtime.ListAsync(CancellationToken.None);
        foreach (var workload in inventory.Workloads)
        {
            await Runtime.RemoveAsync(workload.Id, CancellationToken.None);
        }

        foreach (var network in inventory.Networks)
        {
            await Runtime.RemoveNetworkAsync(network.Name, CancellationToken.None);
        }

        foreach (var volume in inventory.Volumes)
        {
            await Runtime.RemoveVolumeAsync(volume.Name, CancellationToken.None);
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task It_serves_whoever_has_its_credentials_and_nobody_else()
    {
        var service = await DeployAsync();

        var kept = await ExecAsync(service, Keep(service.Env, Word));
        var recalled = await ExecAsync(service, Recall(service.Env));

        Assert.True(kept.Succeeded, kept.LastLine);
        Assert.True(recalled.Succeeded, recalled.LastLine);
        Assert.Contains(Word, recalled.Output, StringComparison.Ordinal);
        if (service.Secrets.Count > 0)
        {
            var guessed = await ExecAsync(service, Recall(service.Env.ToDictionary(
                variable => variable.Key, variable => service.Secrets.Contains(variable.Value) ? "guessed" : variable.Value)));
            Assert.DoesNotContain(Word, guessed.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_serves_again_after_a_restart_and_in_a_new_container_with_what_is_to_last()
    {
        var service = await DeployAsync();
        await ExecAsync(service, Keep(service.Env, Word));

        await RunAsync(new RestartInstance(_seams), new InstanceRequest(Instance));
        var restarted = await ExecAsync(service, Recall(service.Env));
        await RunAsync(new StopInstance(_seams), new InstanceRequest(Instance));
        await Runtime.RemoveAsync(service.Id, Cancellation);
        await RunAsync(new StartInstance(_seams), new InstanceRequest(Instance));
        var renewed = await ExecAsync(service, Recall(service.Env));

        Assert.Equal(
            Provider.Volumes.Count > 0 ? (true, true) : (false, false),
            (restarted.Output.Contains(Word, StringComparison.Ordinal), renewed.Output.Contains(Word, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_it_had_taken_is_there_after_it_was_killed()
    {
        Assert.SkipWhen(Provider.Volumes.Count == 0, "It promises to keep nothing.");
        var service = await DeployAsync();
        await ExecAsync(service, Keep(service.Env, Word));
        await SettleAsync();

        await Runtime.RemoveAsync(service.Id, Cancellation);
        await RunAsync(new StartInstance(_seams), new InstanceRequest(Instance));

        Assert.Contains(Word, (await ExecAsync(service, Recall(service.Env))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_is_made_while_it_is_held_still_has_what_it_had_taken()
    {
        Assert.SkipWhen(Provider.Volumes.Count == 0, "It promises to keep nothing.");
        var service = await DeployAsync();
        await ExecAsync(service, Keep(service.Env, Word));

        await RunAsync(new CloneInstance(_seams, Runner, new Loans(), new OneOffGate()), new CloneRequest(Instance, Copy));
        var copy = await ServiceOfAsync(Copy);
        var (copied, kept) = (await ExecAsync(copy, Recall(copy.Env)), await ExecAsync(service, Recall(service.Env)));

        Assert.Contains(Word, copied.Output, StringComparison.Ordinal);
        Assert.Contains(Word, kept.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_at_its_first_start_it_begins_again()
    {
        var service = await DeployAsync();
        foreach (var volume in (await Runtime.ListAsync(Cancellation)).Volumes)
        {
            await Runtime.RemoveAsync(service.Id, Cancellation);
            await Runtime.RemoveVolumeAsync(volume.Name, Cancellation);
            await Runtime.EnsureVolumeAsync(new VolumeSpec(volume.Name, volume.Owner), Cancellation);
        }

        foreach (var moment in FirstMoments)
        {
            var start = RunAsync(new StartInstance(_seams), new InstanceRequest(Instance));
            await Task.Delay(moment, Cancellation);
            await Runtime.RemoveAsync(service.Id, Cancellation);
            await Record.ExceptionAsync(() => start);
        }

        await RunAsync(new StartInstance(_seams), new InstanceRequest(Instance));
        var kept = await ExecAsync(service, Keep(service.Env, Word));
        Assert.True(kept.Succeeded, kept.LastLine);
    }

    [Fact]
    public async Task Nobody_who_looks_sees_a_secret_and_nothing_runs_as_root()
    {
        var service = await DeployAsync();
        await ExecAsync(service, Keep(service.Env, Word));

        await AssertHiddenAsync(service, service.Secrets);
        var users = await UsersAsync(service.Id);
        Assert.NotEmpty(users);
        Assert.DoesNotContain("0", users);
    }

    [Fact]
    public async Task Its_passwords_are_changed_while_it_runs_and_nobody_sees_them()
    {
        Assert.SkipUnless(Provider is IRotatesCredentials, "Its passwords cannot be changed while it runs.");
        var before = await DeployAsync();
        Assert.SkipWhen(before.Secrets.Count == 0, "It is open.");
        var startedAt = (await Runtime.FindAsync(before.Id, Cancellation))!.StartedAt;
        await ExecAsync(before, Keep(before.Env, Word));

        await RunAsync(new RotateSecrets(_seams), new RotateRequest(Instance, []));
        var after = await ServiceOfAsync(Instance);

        Assert.Empty(before.Secrets.Intersect(after.Secrets));
        Assert.Equal(startedAt, (await Runtime.FindAsync(after.Id, Cancellation))!.StartedAt);
        await AssertLetsInAsync(after, before);
        await AssertHiddenAsync(after, [.. before.Secrets, .. after.Secrets]);

        await RunAsync(new StopInstance(_seams), new InstanceRequest(Instance));
        await Runtime.RemoveAsync(after.Id, Cancellation);
        await RunAsync(new StartInstance(_seams), new InstanceRequest(Instance));
        if (Provider.Volumes.Count > 0)
        {
            await AssertLetsInAsync(after, before);
        }
    }

    /// <summary>kill -9 of Nua when any step of it has begun or ended, with a real server.</summary>
    [Fact]
    public async Task A_change_of_its_passwords_that_dies_anywhere_ends_with_those_before_or_the_new_ones()
    {
        Assert.SkipUnless(Provider is IRotatesCredentials, "Its passwords cannot be changed while it runs.");
        var service = await DeployAsync();
        Assert.SkipWhen(service.Secrets.Count == 0, "It is open.");
        await ExecAsync(service, Keep(service.Env, Word));
        var change = $"change the password in {Role}";
        foreach (var offset in new[] { 0, 1, 3, 6 })
        {
            var before = await ServiceOfAsync(Instance);
            _log.DieAtWrite = _log.Writes + await WritesBeforeAsync(change) + offset;
            var runner = NewRunner();
            await runner.StartAsync(new RotateSecrets(_seams), new RotateRequest(Instance, []), "somebody", Cancellation);
            await runner.WhenIdleAsync();
            _log.DieAtWrite = 0;

            await NewRunner().ResumeUnfinishedAsync([new RotateSecrets(_seams)], Cancellation);

            Assert.Empty(await _log.UnfinishedAsync(Cancellation));
            var after = await ServiceOfAsync(Instance);
            Assert.Contains(Word, (await ExecAsync(after, Recall(after.Env))).Output, StringComparison.Ordinal);
            Assert.Equal(before.Id, after.Id);
        }
    }

    [Fact]
    public async Task Its_figures_move_with_what_is_done_in_it()
    {
        Assert.SkipUnless(Provider is IMeasured, "It has none.");
        Assert.True(Moved is not null, "Name a figure that grows when a word is kept.");
        var service = await DeployAsync();

        var before = await FiguresAsync();
        await ExecAsync(service, Keep(service.Env, Word));
        await Eventually.TrueAsync(async () => ValueIn(await FiguresAsync()) > ValueIn(before), Cancellation);
        var after = await FiguresAsync();

        Assert.True(before.Count >= 2);
        Assert.Subset(after.Select(metric => metric.Family).ToHashSet(), before.Select(metric => metric.Family).ToHashSet());
        Assert.All(
            before.Where(metric => metric.Family.Kind is MetricKind.Counter),
            metric => Assert.True(after.Single(later => later.Family == metric.Family).Value >= metric.Value, metric.Family.Name));
        Assert.EndsWith("# EOF\n", OpenMetricsText.Of(await new MeasureInstance(_seams).RunAsync(Instance, Cancellation)));
    }

    [Fact]
    public async Task Held_still_it_has_no_figures_and_says_so()
    {
        Assert.SkipUnless(Provider is IMeasured && Runtime is IWorkloadPauser, "It has none, or cannot be held still.");
        var service = await DeployAsync();
        await ((IWorkloadPauser)Runtime).PauseAsync(service.Id, Cancellation);

        var metrics = await new MeasureInstance(_seams).RunAsync(Instance, Cancellation);

        Assert.Contains(service.Id.Value, metrics.Workloads.Single(workload => workload.Role == Role).Server!.Silence!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_it_hangs_its_figures_are_given_up_and_no_question_stays_behind()
    {
        Assert.SkipUnless(Provider is IMeasured, "It has none.");
        var service = await DeployAsync();
        var hang = Hang(service.Env);
        Assert.SkipWhen(hang is null, "It cannot be told to hang.");
        var hung = await ExecAsync(service, hang!);
        Assert.True(hung.Succeeded, hung.LastLine);

        var metrics = await new MeasureInstance(_seams).RunAsync(Instance, Cancellation);

        Assert.Equal("It gave no answer within 5 s.", metrics.Workloads.Single(workload => workload.Role == Role).Server!.Silence);
        Assert.DoesNotContain(((IMeasured)Provider).Measure(service.Env).Arguments[0], await ShowAsync(service.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_when_it_is_asked_to()
    {
        var service = await DeployAsync();

        await Runtime.StopAsync(service.Id, TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal(0, (await Runtime.FindAsync(service.Id, Cancellation))!.ExitCode);
    }

    /// <summary>How long its first start may go on before it is killed, one after the other.</summary>
    protected virtual IReadOnlyList<TimeSpan> FirstMoments { get; } =
        [TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(700), TimeSpan.FromMilliseconds(1200)];

    /// <summary>The name of a figure that grows when a word is kept; <see langword="null"/>: it has none.</summary>
    protected virtual string? Moved => null;

    /// <summary>Has it answer nobody for a minute; <see langword="null"/>: it knows no such command.</summary>
    protected virtual ExecCommand? Hang(IReadOnlyDictionary<string, string> env) => null;

    /// <summary>Until what it has taken is where a power cut does not reach it.</summary>
    protected virtual Task SettleAsync() => Task.CompletedTask;

    private string Config => ConfigOf(Provider.Env.Keys);

    /// <summary>The config of an app that looks those variables up.</summary>
    private string ConfigOf(IEnumerable<string> variables) =>
        $$"""
        [metadata]
        id = "contract"
        version = "1"
        title = "Asks a provider"
        author = "The Nua developers"

        [env]
        SERVICE_HOST = { from = "{{Role}}", key = "hostname" }
        {{string.Concat(variables.Select(key => $"SERVICE_{key} = {{ from = \"{Role}\", key = \"{key}\" }}\n"))}}

        [[provider]]
        name = "{{Role}}"
        module-name = "{{Provider.Name}}"
        """;

    private async Task<Service> DeployAsync()
    {
        await RunAsync(new DeployInstance(_seams, Runner), new DeployRequest(await AppImageAsync(Config), Instance, Domain: null));
        return await ServiceOfAsync(Instance);
    }

    /// <summary>As the newest deployment of the instance has it.</summary>
    private async Task<Service> ServiceOfAsync(InstanceName instance)
    {
        var deployment = (await _seams.Journal.HistoryAsync(instance, Cancellation))[0];
        var workload = deployment.Workloads.Single(workload => workload.Role == Role);
        var vault = await _seams.Vault.ReadAsync(instance, Cancellation);
        string Reveal(KeptReference kept) => vault[new KeptKey(kept.Owner, kept.Name)].Reveal();
        return new Service(
            new WorkloadId(workload.Name),
            workload.Env.ToDictionary(variable => variable.Key, variable => variable.Value.Fill(Reveal)),
            [.. workload.Env.Values.Where(value => value.IsSecret).Select(value => value.Fill(Reveal))]);
    }

    private async Task AssertLetsInAsync(Service service, Service before)
    {
        Assert.Contains(Word, (await ExecAsync(service, Recall(service.Env))).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Word, (await ExecAsync(service, Recall(before.Env))).Output, StringComparison.Ordinal);
    }

    private async Task AssertHiddenAsync(Service service, IReadOnlyList<string> secrets)
    {
        var shown = await ShowAsync(service.Id);
        await foreach (var line in Runtime.ReadLogAsync(service.Id, new LogRequest(), Cancellation))
        {
            shown += line.Text;
        }

        Assert.All(secrets, secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    /// <summary>How many writes to the journal come before a step of a rotation: two for each step before it, and its intent.</summary>
    private async Task<int> WritesBeforeAsync(string step)
    {
        var plan = await new PlanRotation(_seams).RunAsync(new RotateRequest(Instance, []), Cancellation);
        return (2 * plan.Steps.ToList().IndexOf(step)) + 1;
    }

    private Task<ExecOutcome> ExecAsync(Service service, ExecCommand command) => Runtime.ExecAsync(service.Id, command, Cancellation);

    private async Task<IReadOnlyList<Metric>> FiguresAsync()
    {
        var told = (await new MeasureInstance(_seams).RunAsync(Instance, Cancellation)).Workloads.Single(workload => workload.Role == Role).Server!;
        Assert.Null(told.Silence);
        return told.Metrics;
    }

    private double ValueIn(IReadOnlyList<Metric> metrics) => metrics.Single(metric => metric.Family.Name == Moved).Value;

    private OperationRunner NewRunner() => new(_log, TimeProvider.System, (_, bug) => _bugs.Add(bug));

    private async Task RunAsync<TRequest, TResult>(UseCase<TRequest, TResult> useCase, TRequest request)
    {
        var runner = NewRunner();
        var record = await runner.StartAsync(useCase, request, "somebody", Cancellation);
        await runner.WhenIdleAsync();
        var end = (await _log.FindAsync(record.Id, Cancellation))!;
        Assert.True(end.State is OperationState.Succeeded, $"{end.Problem} {string.Join('\n', _bugs)}");
    }

    /// <param name="Id">Its workload.</param>
    /// <param name="Env">Its environment, secrets filled in.</param>
    /// <param name="Secrets">What in it must not be seen.</param>
    private sealed record Service(WorkloadId Id, IReadOnlyDictionary<string, string> Env, IReadOnlyList<string> Secrets);

    private sealed class NoProbe : IWebProbe
    {
        public Task<string?> WhyNotAsync(Uri address, CancellationToken cancellation) => Task.FromResult<string?>(null);
    }
}
