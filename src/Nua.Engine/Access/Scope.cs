namespace Nua.Engine.Access;

/// <summary>What a token lets its holder do. Every scope includes <see cref="Read"/>; <see cref="Admin"/> includes all.</summary>
public enum Scope
{
    /// <summary>Look at everything that is no secret.</summary>
    Read,

    /// <summary>Start, stop, pause and clone what is there, give it values and secrets, run commands in it.</summary>
    Operate,

    /// <summary>Build and deploy, and load images.</summary>
    Deploy,

    /// <summary>Everything, what destroys and what lets others in too.</summary>
    Admin,
}
