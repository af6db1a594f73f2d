using Nua.Api;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;

namespace Nua.Server.Views;

/// <summary>Answers questions about secrets, and never with one: the vault is asked what it keeps, and stays closed.</summary>
internal sealed class SecretDesk(EngineSeams seams)
{
    private readonly InstanceSecrets _secrets = new(seams.Providers);

    /// <summary>The secrets of what serves.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c></exception>
    public async Task<SecretList> ListAsync(string name, CancellationToken cancellation)
    {
        var instance = InstanceName.Parse(name);
        if (await seams.Journal.FindAsync(instance, cancellation) is not { IsThere: true } record)
        {
            throw new NuaException(DeployProblems.NoInstance(instance));
        }

        var deployment = (await seams.Journal.DeploymentAsync(instance, record.Deployment, cancellation))!;
        var ages = (await seams.Vault.ListAsync(cancellation))
            .Where(entry => entry.Instance == instance)
            .ToDictionary(entry => entry.Key, entry => entry.MadeAt);
        return new SecretList(name, [.. _secrets.Of(deployment).Select(secret => ViewOf(secret, ages.GetValueOrDefault(secret.Kept.Key)))]);
    }

    private static SecretView ViewOf(InstanceSecret secret, DateTimeOffset? madeAt) => new(
        secret.Key.Workload,
        secret.Key.Name,
        Kebab.Of(secret.Kind),
        madeAt,
        secret.Rotates,
        [.. secret.Variables.Select(variable => new VariableBody(variable.Name, variable.Workload))]);
}
