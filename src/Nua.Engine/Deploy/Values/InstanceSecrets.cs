using Nua.Engine.Providers;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>A secret that a deployment has, but for its value.</summary>
/// <param name="Key">The variable that it was made for or given to.</param>
/// <param name="Kept">Where the vault keeps it.</param>
/// <param name="Kind">Where it is from, and so how it is changed.</param>
/// <param name="Variables">All variables that hold it, its own among them.</param>
public sealed record InstanceSecret(VariableKey Key, KeptReference Kept, SecretKind Kind, IReadOnlyList<VariableKey> Variables)
{
    /// <summary>Whether it can be made anew.</summary>
    public bool Rotates => Kind is SecretKind.Generated or SecretKind.Credential;
}

/// <summary>Where a secret is from.</summary>
public enum SecretKind
{
    /// <summary>Made by chance: what uses it is started with another.</summary>
    Generated,

    /// <summary>Made by chance and told to a server, which is told another while it runs.</summary>
    Credential,

    /// <summary>The same, of a server that cannot be told another.</summary>
    FixedCredential,

    /// <summary>Given by the operator, and to be given anew.</summary>
    Given,
}

/// <summary>Finds the secrets of a deployment. Pure.</summary>
/// <param name="catalog">What the providers are.</param>
public sealed class InstanceSecrets(ProviderCatalog catalog)
{
    /// <summary>All of them, by whose they are and their names.</summary>
    public IReadOnlyList<InstanceSecret> Of(Deployment deployment) =>
    [
        .. from part in deployment.Parts
            from variable in part.Env
            from piece in variable.Value.Parts
            where piece.Kept is { IsSecret: true }
            group new VariableKey(part.Role, variable.Key) by piece.Kept into same
            let key = new VariableKey(same.Key.Owner, KeptNames.VariableOf(same.Key.Name))
            orderby key.Workload, key.Name
            select new InstanceSecret(key, same.Key, KindOf(deployment, key, same.Key), [.. same.Distinct()]),
    ];

    private SecretKind KindOf(Deployment deployment, VariableKey key, KeptReference kept)
    {
        if (kept.Kind is KeptKind.Given)
        {
            return SecretKind.Given;
        }

        // Else everybody who looks would see what a server is told.
        var part = deployment.Parts.FirstOrDefault(part => part.Role == key.Workload);
        var module = part?.ProviderModule is { } name ? catalog.Find(name) : null;
        return module is IRotatesCredentials rotates && rotates.Credentials.Contains(key.Name) && part!.HidesSecrets ? SecretKind.Credential
            : module?.Env.ContainsKey(key.Name) is true ? SecretKind.FixedCredential
            : SecretKind.Generated;
    }
}
