using Nua.Api;
using Nua.Drivers.Routing;
using Nua.Engine.Access;
using Nua.Engine.Build;
using Nua.Engine.Build.Sources;
using Nua.Engine.Cloning;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Operations;
using Nua.Server.Doors;
using Nua.Server.Sessions;
using Nua.Server.Uploads;

namespace Nua.Server;

/// <summary>What the endpoints and the clocks work with: the use cases, their runner, and what they write down.</summary>
internal sealed class ControlPlane
{
    /// <summary>Sets up the use cases over what is plugged in.</summary>
    public ControlPlane(Furniture house, ILogger logger)
    {
        var seams = house.Seams;
        (Home, Seams, Log, Sources, Uploads, Logger) = (house.Home, seams, house.Log, house.Sources, house.Uploads, logger);
        (BuildCache, LeftBehind, StartedAt) = (house.BuildCache, house.LeftBehind, seams.Clock.GetUtcNow());
        Runner = new OperationRunner(house.Log, seams.Clock, logger.Bug);
        Reconciler = new Reconciler(seams, Runner, house.Log);
        Plan = new PlanBuild(house.Builds, house.Sources);
        Build = new BuildImage(Plan, seams.ImageSupply, house.ImageBuilder, seams.ImageStore, house.Builds);
        Foresee = new ForeseeBuild(Plan, seams.ImageSupply, seams.ImageStore, house.Builds);
        Instances = new InstanceVerbs(seams, Runner);
        var (loans, gate) = (new Loans(), new OneOffGate());
        Clone = new CloneInstance(seams, Runner, loans, gate);
        RunOnce = new RunOnce(seams, gate);
        RunCron = new RunCron(seams, gate);
        Cron = new CronSchedule(seams, Runner, house.Log, RunCron);
        Certificates = house.Certificates;
        (Tokens, Audit, Door) = (house.Tokens, house.Audit, house.Door);
        Refusals = new RefusalTrail(house.Audit, seams.Clock);
        Belongings = new Belongings(seams.Journal);
        UseCases = [Build, .. Instances.All, Clone, new LendInstance(seams, loans, gate), RunOnce, RunCron, new ReconcileInstance(seams)];
        Sessions = new SessionDesk(this);
    }

    /// <summary>Where the server keeps everything.</summary>
    public NuaHome Home { get; }

    /// <summary>What the engine works through.</summary>
    public EngineSeams Seams { get; }

    /// <summary>The certificates that visitors are shown.</summary>
    public ICertificateDesk Certificates { get; }

    /// <summary>The journal of operations.</summary>
    public IOperationLog Log { get; }

    /// <summary>Where the server says what it does; the journal of operations is <see cref="Log"/>.</summary>
    public ILogger Logger { get; }

    /// <summary>Has the sources of packages that lie elsewhere.</summary>
    public ISourceFetcher Sources { get; }

    /// <summary>The packages that were sent.</summary>
    public UploadStore Uploads { get; }

    /// <summary>What builds keep on the engine.</summary>
    public IBuildCache BuildCache { get; }

    /// <summary>What a server that was killed had left and is gone now, in sentences.</summary>
    public IReadOnlyList<string> LeftBehind { get; }

    /// <summary>When the server was started.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>The tokens that open the remote door.</summary>
    public IAccessStore Tokens { get; }

    /// <summary>What was asked, and by whom.</summary>
    public IAuditTrail Audit { get; }

    /// <summary>What was refused, on its way into <see cref="Audit"/>.</summary>
    public RefusalTrail Refusals { get; }

    /// <summary>The remote door; <see langword="null"/>: it is shut.</summary>
    public RemoteDoor? Door { get; }

    /// <summary>What belongs to whom.</summary>
    public Belongings Belongings { get; }

    /// <summary>Whether the server takes work.</summary>
    public ServerState State { get; } = new();

    /// <summary>Runs the use cases.</summary>
    public OperationRunner Runner { get; }

    /// <summary>Compares what runs with what is wanted.</summary>
    public Reconciler Reconciler { get; }

    /// <summary>How a package would be built.</summary>
    public PlanBuild Plan { get; }

    /// <summary>From a package to an image.</summary>
    public BuildImage Build { get; }

    /// <summary>Whether a package was built already.</summary>
    public ForeseeBuild Foresee { get; }

    /// <summary>What is done with one instance.</summary>
    public InstanceVerbs Instances { get; }

    /// <summary>Runs a command in a container of its own.</summary>
    public RunOnce RunOnce { get; }

    /// <summary>Makes a copy of an instance.</summary>
    public CloneInstance Clone { get; }

    /// <summary>Runs a job of an instance.</summary>
    public RunCron RunCron { get; }

    /// <summary>Starts jobs when they are due.</summary>
    public CronSchedule Cron { get; }

    /// <summary>Commands that somebody is about to talk with.</summary>
    public SessionDesk Sessions { get; }

    /// <summary>All that can have been interrupted by a crash.</summary>
    public IReadOnlyList<UseCase> UseCases { get; }
}

/// <summary>What is plugged into a server.</summary>
/// <param name="Home">Where it keeps everything.</param>
/// <param name="Seams">What the engine works through.</param>
/// <param name="ImageBuilder">Builds images.</param>
/// <param name="Builds">What the operator decides about builds.</param>
/// <param name="Sources">Has the sources of packages that lie elsewhere.</param>
/// <param name="Log">The journal of operations.</param>
/// <param name="Uploads">The packages that were sent.</param>
/// <param name="BuildCache">What builds keep on the engine.</param>
internal sealed record Furniture(
    NuaHome Home,
    EngineSeams Seams,
    IImageBuilder ImageBuilder,
    BuildSettings Builds,
    ISourceFetcher Sources,
    IOperationLog Log,
    UploadStore Uploads,
    IBuildCache BuildCache)
{
    /// <summary>The tokens that open the remote door.</summary>
    public required IAccessStore Tokens { get; init; }

    /// <summary>The certificates that visitors are shown.</summary>
    public required ICertificateDesk Certificates { get; init; }

    /// <summary>What was asked, and by whom.</summary>
    public required IAuditTrail Audit { get; init; }

    /// <summary>The remote door; <see langword="null"/>: it is shut.</summary>
    public RemoteDoor? Door { get; init; }

    /// <summary>What a server that was killed had left and is gone now, in sentences.</summary>
    public IReadOnlyList<string> LeftBehind { get; init; } = [];
}
