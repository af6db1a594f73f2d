using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Engine.Cloning;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Images;
using Nua.Engine.Operations;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>A server without anything real behind its seams, and an app with a database and a volume to deploy on it.</summary>
internal sealed class DeployWorld
{
    public const string Domain = "notes.localhost";
    public static readonly InstanceName Notes = InstanceName.Parse("notes");
    private readonly List<Exception> _bugs = [];

    public DeployWorld(InMemoryOperationLog? log = null, InMemoryJournal? journal = null, InMemoryRuntime? runtime = null, TimeProvider? clock = null)
    {
        (Log, Journal, Runtime) = (log ?? new InMemoryOperationLog(), journal ?? new InMemoryJournal(), runtime ?? new InMemoryRuntime());
        Seams = new EngineSeams
        {
            Runtime = Runtime,
            ImageStore = Images,
            ImageSupply = new ImageSupply(Images),
            Gateway = Gateway,
            Journal = Journal,
            Vault = Vault,
            Providers = new ProviderCatalog(new FakeDatabase("2", "1")),
            Probe = Probe,
            Clock = clock ?? TimeProvider.System,
            Names = new EngineNames("nua"),
        };
        Runtime.OnExec = (_, command) => Server.Run(command);
        Runner = NewRunner();
        AddImage("1.0");
    }

    /// <summary>The passwords that the database takes.</summary>
    public FakeServer Server { get; } = new();

    public InMemoryOperationLog Log { get; }

    public InMemoryRuntime Runtime { get; }

    public InMemoryGateway Gateway { get; } = new();

    public InMemoryJournal Journal { get; }

    public InMemoryVault Vault { get; } = new();

    public InMemoryImages Images { get; } = new();

    public InMemoryProbe Probe { get; } = new();

    public EngineSeams Seams { get; private set; }

    public OperationRunner Runner { get; private set; }

    public Loans Loans { get; private set; } = new();

    public OneOffGate Gate { get; private set; } = new();

    public IReadOnlyList<Exception> Bugs => _bugs;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IReadOnlyList<UseCase> UseCases =>
    [
        new DeployInstance(Seams, Runner), new MakeSharedServer(Seams), new StartInstance(Seams), new StopInstance(Seams), new RestartInstance(Seams),
        new PauseInstance(Seams), new UnpauseInstance(Seams), new DestroyInstance(Seams), new ConfigureInstance(Seams), new RotateSecrets(Seams),
        new ReconcileInstance(Seams), new RunOnce(Seams, Gate), new RunCron(Seams, Gate), new CloneInstance(Seams, Runner, Loans, Gate),
        new LendInstance(Seams, Loans, Gate),
    ];

    /// <summary>Everything there is, for comparing before and after.</summary>
    public string Everything => string.Join(
        '\n',
        [.. Runtime.Running, .. Runtime.Networks, .. Runtime.Volumes, $"{Gateway.RouteOf(Domain)}", $"{Gateway.CandidateOf(Domain)}"]);

    public Image AddImage(string version, string extra = "", bool hasAgent = true) => Images.Add(
        $"nua-notes:{version}",
        "notes",
        PackageWriter.ToJson(PackageReader.Read("nua-config.toml", Config(version, extra))),
        hasAgent);

    /// <summary>An image of the same app, described from scratch.</summary>
    public void AddImage(string version, Func<string, string> change) => Images.Add(
        $"nua-notes:{version}",
        "notes",
        PackageWriter.ToJson(PackageReader.Read("nua-config.toml", change(Config(version, "")))));

    /// <summary>An image of another app, which has a database and a volume of the same names.</summary>
    public Image AddOtherApp(string extra = "") => Images.Add(
        "nua-wiki:1.0",
        "wiki",
        PackageWriter.ToJson(PackageReader.Read(
            "nua-config.toml", Config("1.0", extra).Replace("id = \"notes\"", "id = \"wiki\"", StringComparison.Ordinal))));

    /// <summary>An image of the app with a sub-application <c>worker</c>, which asks the database and is asked by the app.</summary>
    /// <param name="version">Of both.</param>
    /// <param name="extra">Further lines of the provider.</param>
    public Image AddImageWithPart(string version, string extra = "")
    {
        const string Part =
            """
            [[provider]]
            name = "worker"
            type = "app"
            [provider.env]
            DB_USER = { from = "database", key = "DB_USER" }
            TOKEN = { random = true }
            """;
        var worker = Images.Add($"nua-notes__worker:{version}", new Dictionary<string, string>
        {
            [ImageLabels.App] = "notes__worker",
            [ImageLabels.PartOf] = "notes",
            [ImageLabels.Agent] = "fake",
        });
        var config = Config(version, $"{Part}\n{extra}").Replace(
            "[env]",
            """
            [env]
            WORKER = { from = "worker", key = "hostname" }
            TOKEN = { from = "worker", key = "TOKEN" }
            """);
        return Images.Add($"nua-notes:{version}", new Dictionary<string, string>
        {
            [ImageLabels.App] = "notes",
            [ImageLabels.Agent] = "fake",
            [ImageLabels.Config] = PackageWriter.ToJson(PackageReader.Read("nua-config.toml", config)),
            [ImageLabels.SubApplications] = $"{{\"worker\":\"{worker.Reference}@{worker.Id}\"}}",
        });
    }

    public Task<OperationRecord> DeployAsync(string version = "1.0", string? domain = null) =>
        RunAsync(new DeployInstance(Seams, Runner), new DeployRequest($"nua-notes:{version}", Notes, domain));

    /// <summary>Deploys it with its database in the shared server.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="version">Which version of the app.</param>
    public Task<OperationRecord> ShareAsync(string name = "notes", string version = "1.0") => RunAsync(
        new DeployInstance(Seams, Runner), new DeployRequest($"nua-notes:{version}", InstanceName.Parse(name)) { Share = ["database"] });

    /// <summary>Puts the other app in the place of the one that is there.</summary>
    public Task<OperationRecord> ReplaceAsync(bool replace = true, bool acceptDataLoss = true) => RunAsync(
        new DeployInstance(Seams, Runner), new DeployRequest("nua-wiki:1.0", Notes) { Replace = replace, AcceptDataLoss = acceptDataLoss });

    /// <summary>Gives the instance values, as <c>NAME=VALUE</c>, and takes others back.</summary>
    /// <param name="set">What to give.</param>
    /// <param name="unset">Names to take back.</param>
    /// <param name="secret">Whether what is given is said to be secret.</param>
    public async Task<OperationRecord> ConfigureAsync(
        IReadOnlyList<string> set, IReadOnlyList<string>? unset = null, bool secret = false) => await RunAsync(
        new ConfigureInstance(Seams), await new TakeValues(Seams).TakeAsync(WishOf(set, unset, secret), Cancellation));

    /// <summary>Makes secrets anew; all, without names.</summary>
    public Task<OperationRecord> RotateAsync(params IReadOnlyList<string> names) =>
        RunAsync(new RotateSecrets(Seams), new RotateRequest(Notes, names));

    public static ValuesWish WishOf(IReadOnlyList<string> set, IReadOnlyList<string>? unset = null, bool secret = false, string workload = "app") => new(
        Notes,
        [.. set.Select(word => new WishedValue(new VariableKey(workload, word.Split('=')[0]), new Secret(word[(word.IndexOf('=') + 1)..]), secret))],
        [.. (unset ?? []).Select(name => new VariableKey(workload, name))]);

    /// <summary>From now on the database can be had in other versions.</summary>
    public void SupplyDatabase(params IReadOnlyList<string> versions) => Supply(new FakeDatabase(versions));

    /// <summary>From now on that is the time.</summary>
    public void Use(TimeProvider clock) => Seams = Seams with { Clock = clock };

    /// <summary>From now on there are these providers.</summary>
    public void Supply(params IReadOnlyList<IProvider> providers) => Seams = Seams with { Providers = new ProviderCatalog(providers) };

    public async Task<OperationRecord> RunAsync<TRequest, TResult>(UseCase<TRequest, TResult> useCase, TRequest request)
    {
        var record = await Runner.StartAsync(useCase, request, "somebody", Cancellation);
        await Record.ExceptionAsync(Runner.WhenIdleAsync);
        return (await Log.FindAsync(record.Id, Cancellation))!;
    }

    /// <summary>The server dies and starts again: what was unfinished is taken up, then reality is compared with the journal.</summary>
    public async Task RestartAsync()
    {
        Log.DieAtWrite = 0;
        (Runner, Loans, Gate) = (NewRunner(), new Loans(), new OneOffGate());
        await Runner.ResumeUnfinishedAsync(UseCases, Cancellation);
        await new Reconciler(Seams, Runner, Log).PassAsync(Cancellation);
        await Runner.WhenIdleAsync();
    }

    public static DeployResult ResultOf(OperationRecord operation) =>
        JsonSerializer.Deserialize(operation.Result!, Nua.Engine.EngineJson.Default.DeployResult)!;

    private OperationRunner NewRunner() => new(Log, Seams.Clock, (_, bug) => _bugs.Add(bug));

    private static string Config(string version, string extra) =>
        $$$"""
        [metadata]
        id = "notes"
        version = "{{{version}}}"
        title = "Notes"
        author = "The Nua developers"

        [env]
        DB_URL = "sql://{DB_USER}:{DB_PASSWORD}@{DB_HOST}/x"
        DB_HOST = { from = "database", key = "hostname" }
        DB_USER = { from = "database", key = "DB_USER" }
        DB_PASSWORD = { from = "database", key = "DB_PASSWORD" }
        JSON = '{"a": {"b": 1}}'

        [port.web]
        container = 8000

        [[volume]]
        name = "uploads"
        target = "/uploads"

        [[provider]]
        name = "database"
        module-name = "fake-sql"
        module-version = ">=1"

        {{{extra}}}
        """;
}

/// <summary>A database that describes itself and is always ready.</summary>
/// <param name="versions">What it can be had in.</param>
internal sealed class FakeDatabase(params IReadOnlyList<string> versions) : IRotatesCredentials, IHoldsTenants, IMeasured
{
    public string Name => "fake-sql";

    public IReadOnlyList<string> Versions => versions;

    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["DB_USER"] = new Setting.UniqueUser(),
        ["DB_PASSWORD"] = new Setting.RandomText(24),
    };

    public IReadOnlyList<Volume> Volumes { get; } = [new Volume { Name = "data", Target = "/data" }];

    public ImageRecipe Image(string version) => new() { Name = "fake-sql", Version = version };

    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => new("true") { Secrets = Password(env) };

    public ExecCommand Measure(IReadOnlyDictionary<string, string> env) => new("fake-figures") { Secrets = Password(env) };

    public IReadOnlyList<Metric> Read(string answer) =>
        double.TryParse(answer, CultureInfo.InvariantCulture, out var rows) ? [new Metric(MetricFamily.Counter("nua_fake_rows", "Rows"), rows)] : [];

    public IReadOnlyList<string> Credentials { get; } = ["DB_PASSWORD"];

    /// <summary>Whether it takes two passwords at a time.</summary>
    public bool TakesBoth { get; init; }

    public ExecCommand Accept(CredentialChange change) => TakesBoth
        ? new("fake-accept") { Secrets = Passwords(change) }
        : Retire(change);

    public ExecCommand Retire(CredentialChange change) => new("fake-retire") { Secrets = Passwords(change) };

    public IReadOnlyList<string> TenantVariables { get; } = ["DB_USER", "DB_PASSWORD"];

    public IReadOnlyList<string> TenantNames { get; } = ["DB_USER"];

    public ExecCommand Admit(IReadOnlyDictionary<string, string> server, Tenant tenant) =>
        new("fake-admit", tenant.Env["DB_USER"], $"{tenant.Mark}", tenant.Mark.Owner) { Secrets = Password(tenant.Env) };

    public ExecCommand Dismiss(IReadOnlyDictionary<string, string> server, string tenants) => new("fake-dismiss", tenants);

    private static Dictionary<string, Secret> Passwords(CredentialChange change) => new()
    {
        ["BEFORE"] = new(change.Before["DB_PASSWORD"]),
        ["PASSWORD"] = new(change.After["DB_PASSWORD"]),
        ["USER"] = new(change.After["DB_USER"]),
    };

    private static Dictionary<string, Secret> Password(IReadOnlyDictionary<string, string> env) =>
        new() { ["PASSWORD"] = new(env["DB_PASSWORD"]), ["USER"] = new(env["DB_USER"]) };
}

/// <summary>The same database, which cannot be told another password.</summary>
internal sealed class FixedDatabase : IServerProvider
{
    private readonly FakeDatabase _database = new("2");

    public string Name => _database.Name;

    public IReadOnlyList<string> Versions => _database.Versions;

    public IReadOnlyDictionary<string, Setting> Env => _database.Env;

    public IReadOnlyList<Volume> Volumes => _database.Volumes;

    public ImageRecipe Image(string version) => _database.Image(version);

    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => _database.IsReady(env);
}

/// <summary>What the database behind <see cref="FakeDatabase"/> knows: until it is told a password, it takes any.</summary>
internal sealed class FakeServer
{
    /// <summary>The passwords it takes, by their users: it stands for the servers of all instances. Whom it does not know it lets in.</summary>
    private readonly ConcurrentDictionary<string, IReadOnlyList<Secret>> _passwords = [];

    /// <summary>Why it does nothing of what it is told; <see langword="null"/>: it does.</summary>
    public string? Refusal { get; set; }

    /// <summary>What it answers who asks for its figures.</summary>
    public string Figures { get; set; } = "7";

    /// <summary>From now on it takes no password but that.</summary>
    public void TakeOnly(Secret password)
    {
        _passwords.Clear();
        _passwords[""] = [password];
    }

    /// <summary>Those who have a database in it, by their users: their marks, and the passwords it takes from them.</summary>
    public ConcurrentDictionary<string, (string Mark, Secret Password)> Tenants { get; } = [];

    public bool Takes(Secret password) => _passwords.IsEmpty || _passwords.Values.Any(taken => taken.Contains(password));

    public ExecOutcome? Run(ExecCommand command) => command switch
    {
        { Arguments: ["timeout", "-s", "KILL", _, "fake-figures"] } => Takes(command.Secrets["PASSWORD"])
            ? new ExecOutcome(0, Figures, "")
            : new ExecOutcome(1, "", $"no access with {command.Secrets["PASSWORD"].Reveal()}"),
        { Arguments: ["true"], Secrets.Count: > 0 } =>
            LetsIn(command.Secrets["USER"].Reveal(), command.Secrets["PASSWORD"]) ? null : new ExecOutcome(1, "", "access denied"),
        { Arguments: ["fake-admit", var user, var mark, var owner] } => Admit(user, mark, owner, command.Secrets["PASSWORD"]),
        { Arguments: ["fake-dismiss", var tenants] } => Dismiss(tenants),
        { Arguments: ["fake-accept"] } => Learn(command, command.Secrets["BEFORE"], command.Secrets["PASSWORD"]),
        { Arguments: ["fake-retire"] } => Learn(command, command.Secrets["PASSWORD"]),
        _ => null,
    };

    private bool LetsIn(string user, Secret password) =>
        Tenants.TryGetValue(user, out var tenant)
            ? tenant.Password.Equals(password)
            : !_passwords.TryGetValue(user, out var taken) || taken.Contains(password);

    private ExecOutcome Admit(string user, string mark, string owner, Secret password)
    {
        if (Refusal is { } why)
        {
            return new ExecOutcome(IHoldsTenants.WillNot, "", $"{why} {password.Reveal()}");
        }

        if (Tenants.TryGetValue(user, out var there) && !there.Mark.StartsWith($"{owner} ", StringComparison.Ordinal))
        {
            return new ExecOutcome(IHoldsTenants.WillNot, "", $"the user {user} is another's");
        }

        Tenants[user] = (there.Mark ?? mark, password);
        return new ExecOutcome(0, "", "");
    }

    private ExecOutcome Dismiss(string tenants)
    {
        foreach (var (user, _) in Tenants.Where(tenant => tenant.Value.Mark.StartsWith(tenants, StringComparison.Ordinal)))
        {
            Tenants.TryRemove(user, out _);
        }

        return new ExecOutcome(0, "", "");
    }

    private ExecOutcome Learn(ExecCommand command, params IReadOnlyList<Secret> passwords)
    {
        if (Refusal is { } why)
        {
            return new ExecOutcome(1, "", $"{why} {passwords[^1].Reveal()}");
        }

        _passwords[command.Secrets["USER"].Reveal()] = passwords;
        return new ExecOutcome(0, "", "");
    }
}

/// <summary>Every web server answers at once.</summary>
internal sealed class InMemoryProbe : IWebProbe
{
    /// <summary>What happens before the answer.</summary>
    public Func<CancellationToken, Task> BeforeAnswerAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Where it was asked.</summary>
    public IList<Uri> Asked { get; } = [];

    public async Task<string?> WhyNotAsync(Uri address, CancellationToken cancellation)
    {
        Asked.Add(address);
        await BeforeAnswerAsync(cancellation);
        return null;
    }
}
