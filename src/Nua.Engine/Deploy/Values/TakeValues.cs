using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>
/// Takes what an operator gives. Secrets go into the vault before anything is journaled, under a ticket that the journaled request
/// names; a ticket that no request came to name is forgotten by <see cref="KeptValueUse"/>.
/// </summary>
public sealed class TakeValues(EngineSeams seams)
{
    private readonly ValueRules _rules = new(seams.Providers);

    /// <summary>The wish as it can be journaled, its secrets in the vault.</summary>
    /// <exception cref="NuaException">What <see cref="ValueRules.Check"/> refuses, <c>deploy.no-instance</c></exception>
    public async Task<ConfigureRequest> TakeAsync(ValuesWish wish, CancellationToken cancellation)
    {
        var request = await NameAsync(wish, Guid.CreateVersion7(seams.Clock.GetUtcNow()).ToString("N"), cancellation);
        foreach (var (wished, given) in wish.Set.Zip(request.Set))
        {
            if (given.Value.Kept is { } reference)
            {
                await seams.Vault.EnsureAsync(wish.Instance, reference, request.Ticket!, _ => wished.Value, cancellation);
            }
        }

        return request;
    }

    /// <summary>The wish as it would be journaled, its secrets named after a ticket and kept nowhere.</summary>
    /// <inheritdoc cref="TakeAsync"/>
    internal async Task<ConfigureRequest> NameAsync(ValuesWish wish, string ticket, CancellationToken cancellation)
    {
        _rules.Check(wish, await ServingAsync(wish.Instance, cancellation));
        var set = wish.Set.Select(wished => new GivenValue(wished.Key.Workload, wished.Key.Name, ValueOf(wished, ticket))).ToList();
        return new ConfigureRequest(wish.Instance, set, wish.Unset, set.Any(given => given.Value.IsSecret) ? ticket : null);
    }

    /// <summary>Forgets the secrets of a wish that was refused.</summary>
    public Task GiveBackAsync(ConfigureRequest request) =>
        request.Ticket is { } ticket ? seams.Vault.ForgetMadeByAsync(ticket, CancellationToken.None) : Task.CompletedTask;

    private static EnvValue ValueOf(WishedValue wished, string ticket) => ValueRules.IsSecret(wished)
        ? EnvValue.Of(new KeptReference(wished.Key.Workload, KeptNames.Versioned(wished.Key.Name, ticket), KeptKind.Given))
        : EnvValue.Of(wished.Value.Reveal());

    private async Task<Deployment> ServingAsync(InstanceName name, CancellationToken cancellation) =>
        await seams.Journal.FindAsync(name, cancellation) is { IsThere: true } instance
        && await seams.Journal.DeploymentAsync(name, instance.Deployment, cancellation) is { } serving
            ? serving
            : throw new NuaException(DeployProblems.NoInstance(name));
}
