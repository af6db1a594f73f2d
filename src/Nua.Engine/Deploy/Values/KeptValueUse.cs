using Nua.Core.Names;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>
/// Forgets kept values that nothing needs any more: tickets that no request came to name, and values that were made or given anew
/// and that no deployment one may go back to has. What is made once for all deployments is never forgotten.
/// </summary>
public sealed class KeptValueUse(EngineSeams seams, IOperationLog log)
{
    /// <summary>A ticket that is younger may be about to be named by a request.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Forgets them; answers what was forgotten.</summary>
    public async Task<IReadOnlyList<KeptEntry>> ForgetUnusedAsync(CancellationToken cancellation)
    {
        // The entries first: what is made from now on is not among them.
        var old = (await seams.Vault.ListAsync(cancellation)).Where(IsOld).ToList();
        var busy = (await log.UnfinishedAsync(cancellation)).Select(operation => operation.Subject).ToHashSet();
        var forgotten = new List<KeptEntry>();
        foreach (var entries in old.Where(entry => !busy.Contains(entry.Instance.ToString())).GroupBy(entry => entry.Instance))
        {
            var needed = await NeededAsync(entries.Key, cancellation);
            foreach (var entry in entries.Where(entry => !needed.Contains(entry.Key)))
            {
                await seams.Vault.ForgetAsync(entry.Instance, entry.Key, cancellation);
                forgotten.Add(entry);
            }
        }

        return forgotten;
    }

    private bool IsOld(KeptEntry entry) =>
        KeptNames.IsVersioned(entry.Key.Name) && !(entry.MadeAt + Grace > seams.Clock.GetUtcNow());

    private async Task<HashSet<KeptKey>> NeededAsync(InstanceName instance, CancellationToken cancellation) =>
        [.. (await seams.Journal.HistoryAsync(instance, cancellation)).Take(ImageUse.KeptDeployments).SelectMany(NeededBy)];

    /// <summary>What its workloads have, and what it keeps for workloads that it has not: a later version may have them again.</summary>
    private static IEnumerable<KeptKey> NeededBy(Deployment deployment) =>
        deployment.Parts.SelectMany(part => part.Env.Values)
            .Concat(deployment.Given.Select(given => given.Value))
            .SelectMany(value => value.Parts)
            .Select(part => part.Kept?.Key)
            .OfType<KeptKey>()
            .Concat(deployment.Versions.Select(made => new KeptKey(made.Owner, KeptNames.Versioned(made.Name, made.Version))));
}
