using Nua.Core.Names;

namespace Nua.Engine.State;

/// <summary>A part of a deployment that has variables: a workload, or what it has in a shared server.</summary>
public interface IDeploymentPart
{
    /// <summary><c>app</c>, or the provider's name.</summary>
    string Role { get; }

    /// <summary>The provider module that knows how to talk to it; <see langword="null"/> for the app and plain images.</summary>
    string? ProviderModule { get; }

    /// <summary>Its variables.</summary>
    IReadOnlyDictionary<string, EnvValue> Env { get; }

    /// <summary>Whether secrets can be handed to it so that nobody who looks at it sees them.</summary>
    bool HidesSecrets { get; }
}

/// <summary>A provider that is no server of the instance's own but a database, and a user, in one that instances share.</summary>
/// <param name="Role">The provider's name, by which the app reaches it.</param>
/// <param name="Server">The instance that the server is.</param>
/// <param name="Module">What it is a server of.</param>
/// <param name="ModuleVersion">Its version.</param>
/// <param name="Env">What the app is told of it: credentials that are the instance's own.</param>
/// <param name="Operation">The operation that first made it.</param>
public sealed record Tenancy(
    string Role, InstanceName Server, string Module, string ModuleVersion, IReadOnlyDictionary<string, EnvValue> Env, string Operation)
    : IDeploymentPart
{
    /// <summary>No container has its password.</summary>
    bool IDeploymentPart.HidesSecrets => true;

    string? IDeploymentPart.ProviderModule => Module;
}
