using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Operations;

namespace Nua.Server;

/// <summary>What is done with one instance by itself: the use cases, and those that only say what would be done.</summary>
internal sealed class InstanceVerbs(EngineSeams seams, OperationRunner runner)
{
    /// <summary>From an image to an instance.</summary>
    public DeployInstance Deploy { get; } = new(seams, runner);

    /// <summary>Makes a server that instances share; deployments start it.</summary>
    public MakeSharedServer Share { get; } = new(seams);

    /// <summary>What a deployment would do.</summary>
    public PlanDeployment PlanDeploy { get; } = new(seams);

    /// <summary>Starts an instance.</summary>
    public StartInstance Start { get; } = new(seams);

    /// <summary>Stops an instance.</summary>
    public StopInstance Stop { get; } = new(seams);

    /// <summary>Stops an instance and starts it again.</summary>
    public RestartInstance Restart { get; } = new(seams);

    /// <summary>Holds an instance still.</summary>
    public PauseInstance Pause { get; } = new(seams);

    /// <summary>Lets an instance go on.</summary>
    public UnpauseInstance Unpause { get; } = new(seams);

    /// <summary>Removes an instance.</summary>
    public DestroyInstance Destroy { get; } = new(seams);

    /// <summary>Takes the values that operators give.</summary>
    public TakeValues TakeValues { get; } = new(seams);

    /// <summary>Gives an instance other values.</summary>
    public ConfigureInstance Configure { get; } = new(seams);

    /// <summary>What other values would do.</summary>
    public PlanConfiguration PlanConfiguration { get; } = new(seams);

    /// <summary>Makes an instance's secrets anew.</summary>
    public RotateSecrets Rotate { get; } = new(seams);

    /// <summary>What that would do.</summary>
    public PlanRotation PlanRotation { get; } = new(seams);

    /// <summary>Those that are journaled.</summary>
    public IReadOnlyList<UseCase> All => [Deploy, Share, Start, Stop, Restart, Pause, Unpause, Destroy, Configure, Rotate];
}
