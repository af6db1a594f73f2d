using Nua.Api;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Server.Uploads;

namespace Nua.Server;

/// <summary>What the endpoints and the clocks work with: the use cases, their runner, and what they write down.</summary>
internal sealed class ControlPlane
{
    public ControlPlane(NuaHome home, EngineSeams seams, IOperationLog log, UploadStore uploads, ILogger logger)
    {
        (Home, Seams, Log, Uploads) = (home, seams, log, uploads);
        Runner = new OperationRunner(log, seams.Clock, logger.Bug);
        Reconciler = new Reconciler(seams, Runner, log);
        Deploy = new DeployInstance(seams);
        Start = new StartInstance(seams);
        Stop = new StopInstance(seams);
        Restart = new RestartInstance(seams);
        Destroy = new DestroyInstance(seams);
        UseCases = [Deploy, Start, Stop, Restart, Destroy, new ReconcileInstance(seams)];
    }

    public NuaHome Home { get; }

    public EngineSeams Seams { get; }

    public IOperationLog Log { get; }

    public UploadStore Uploads { get; }

    public ServerState State { get; } = new();

    public OperationRunner Runner { get; }

    public Reconciler Reconciler { get; }

    public DeployInstance Deploy { get; }

    public StartInstance Start { get; }

    public StopInstance Stop { get; }

    public RestartInstance Restart { get; }

    public DestroyInstance Destroy { get; }

    /// <summary>All that can have been interrupted by a crash.</summary>
    public IReadOnlyList<UseCase> UseCases { get; }
}
