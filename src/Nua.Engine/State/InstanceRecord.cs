using Nua.Core.Names;

namespace Nua.Engine.State;

/// <summary>An instance as the operator wants it.</summary>
/// <param name="Name">What the operator calls it.</param>
/// <param name="AppId">The app it is a copy of.</param>
/// <param name="Desired">Whether it is to run.</param>
/// <param name="Deployment">The number of its current deployment.</param>
/// <param name="Domain">Where it answers.</param>
/// <param name="CreatedAt">When it was first deployed.</param>
public sealed record InstanceRecord(
    InstanceName Name, string AppId, DesiredState Desired, int Deployment, string Domain, DateTimeOffset CreatedAt)
{
    /// <summary>Whether it was not removed.</summary>
    public bool IsThere => Desired is DesiredState.Started or DesiredState.Stopped or DesiredState.Paused;
}

/// <summary>What the operator wants of an instance.</summary>
public enum DesiredState
{
    /// <summary>It is to run and to answer.</summary>
    Started,

    /// <summary>It is to stand still; nothing of it goes.</summary>
    Stopped,

    /// <summary>It is to be held still with all it has in memory, and visitors are asked to come again.</summary>
    Paused,

    /// <summary>Destroyed; its history and its data stay.</summary>
    Removed,

    /// <summary>Destroyed with its data; its history stays.</summary>
    Erased,
}
