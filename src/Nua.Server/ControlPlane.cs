using Nua.Api;
using Nua.Engine.Build;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Operations;
using Nua.Server.Uploads;

namespace Nua.Server;

/// <summary>What the endpoints and the clocks work with: the use cases, their runner, and what they write down.</summary>
internal sealed class ControlPlane
{
    public ControlPlane(Furniture house, ILogger logger)
    {
        var seams = house.Seams;
        (Home, Seams, Log, Uploads, Logger) = (house.Home, seams, house.Log, house.Uploads, logger);
        Runner = new OperationRunner(house.Log, seams.Clock, logger.Bug);
        Reconciler = new Reconciler(seams, Runner, house.Log);
        Plan = new PlanBuild(house.Builds);
        Build = new BuildImage(Plan, seams.ImageSupply, house.ImageBuilder, seams.ImageStore, house.Builds);
        Deploy = new DeployInstance(seams);
        Start = new StartInstance(seams);
        Stop = new StopInstance(seams);
        Restart = new RestartInstance(seams);
        Destroy = new DestroyInstance(seams);
        UseCases = [Build, Deploy, Start, Stop, Restart, Destroy, new ReconcileInstance(seams)];
    }

    public NuaHome Home { get; }

    public EngineSeams Seams { get; }

    public IOperationLog Log { get; }

    /// <summary>Where the server says what it does; the journal of operations is <see cref="Log"/>.</summary>
    public ILogger Logger { get; }

    public UploadStore Uploads { get; }

    public ServerState State { get; } = new();

    public OperationRunner Runner { get; }

    public Reconciler Reconciler { get; }

    public PlanBuild Plan { get; }

    public BuildImage Build { get; }

    public DeployInstance Deploy { get; }

    public StartInstance Start { get; }

    public StopInstance Stop { get; }

    public RestartInstance Restart { get; }

    public DestroyInstance Destroy { get; }

    /// <summary>All that can have been interrupted by a crash.</summary>
    public IReadOnlyList<UseCase> UseCases { get; }
}

/// <summary>What is plugged into a server.</summary>
/// <param name="Home">Where it keeps everything.</param>
/// <param name="Seams">What the engine works through.</param>
/// <param name="ImageBuilder">Builds images.</param>
/// <param name="Builds">What the operator decides about builds.</param>
/// <param name="Log">The journal of operations.</param>
/// <param name="Uploads">The packages that were sent.</param>
internal sealed record Furniture(
    NuaHome Home, EngineSeams Seams, IImageBuilder ImageBuilder, BuildSettings Builds, IOperationLog Log, UploadStore Uploads);
