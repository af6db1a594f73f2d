using Nua.Core.Names;
using Nua.Engine.Operations;
using Nua.Engine.Protocol;
using Nua.Engine.Providers;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>
/// Carries a plan out: what is new is started beside what serves, passes its tests through the gateway, and only then is shown to
/// visitors. Whatever makes a new deployment ends here, so all of it is proven alike.
/// </summary>
internal sealed class Rollout(EngineSeams seams)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);
    private readonly InstanceRunner _instance = new(seams);
    private readonly Credentials _credentials = new(seams);

    /// <param name="plan">What to do.</param>
    /// <param name="facts">What it was decided on.</param>
    /// <param name="operation">The operation whose steps these are.</param>
    /// <param name="cancellation">Ends it while it can still be undone.</param>
    public async Task<DeployResult> RunAsync(DeployPlan plan, DeployFacts facts, Operation operation, CancellationToken cancellation)
    {
        if (plan.Unchanged)
        {
            return await ProveUnchangedAsync(plan, facts, operation, cancellation);
        }

        if (plan.GivenUp is { } data)
        {
            await DataGate.PassAsync(operation, data.AcceptLoss, () => Task.FromResult(data));
        }

        await PrepareAsync(plan, operation, cancellation);
        await ChangeCredentialsAsync(plan, facts, operation, cancellation);
        await MoveInAsync(plan, facts, operation, cancellation);
        await StartWorkloadsAsync(plan, facts, operation, cancellation);
        var tests = await TestAsync(plan, facts.HttpsPort, operation, cancellation);
        await GoLiveAsync(plan, facts, operation, cancellation);
        await TidyAsync(plan, facts, operation);
        return DeployResult.Of(plan.Deployment, facts.HttpsPort, changed: true, tests);
    }

    /// <summary>What others need before any workload can start: credentials, a network, volumes.</summary>
    private async Task PrepareAsync(DeployPlan plan, Operation operation, CancellationToken cancellation)
    {
        var deployment = plan.Deployment;
        await operation.StepAsync(
            DeploySteps.KeepCredentials,
            () => _instance.KeepValuesAsync(deployment, operation.Id, cancellation),
            // A server may have been told a new password, and putting it back takes both: the undo may have to be tried again.
            // What nothing names any more is forgotten later.
            undo: plan.Renewals.Count > 0 ? null : () => seams.Vault.ForgetMadeByAsync(operation.Id, CancellationToken.None));

        await operation.StepAsync(
            DeploySteps.MakeNetwork,
            () => _instance.EnsureNetworkAsync(deployment, cancellation),
            undo: () => RemoveOwnNetworkAsync(deployment, operation));

        foreach (var volume in plan.Deployment.Volumes)
        {
            await operation.StepAsync(
                DeploySteps.HaveVolume(volume),
                () => _instance.EnsureVolumeAsync(deployment, volume, cancellation),
                undo: () => _instance.RemoveOwnVolumeAsync(volume, operation.Id));
        }
    }

    /// <summary>As late as can be: what serves may need those before until its successor does.</summary>
    private async Task ChangeCredentialsAsync(DeployPlan plan, DeployFacts facts, Operation operation, CancellationToken cancellation)
    {
        foreach (var renewal in plan.Renewals)
        {
            await operation.StepAsync(
                DeploySteps.ChangeCredentials(renewal),
                () => _credentials.ChangeAsync(renewal, facts.Serving!, plan.Deployment, cancellation),
                undo: () => _credentials.ChangeBackAsync(renewal, facts.Serving!, plan.Deployment));
        }
    }

    /// <summary>The databases in shared servers, reached and answering with the passwords that are to be.</summary>
    private async Task MoveInAsync(DeployPlan plan, DeployFacts facts, Operation operation, CancellationToken cancellation)
    {
        var (deployment, tenants) = (plan.Deployment, _instance.Tenants);
        foreach (var server in deployment.Servers)
        {
            var before = NamesBefore(facts.Serving, deployment, server);
            await operation.StepAsync(
                DeploySteps.LetIn(server),
                () => tenants.LetInAsync(deployment, server, before, cancellation),
                undo: before.Count > 0 ? null : () => tenants.ShowOutAsync(deployment, server));
        }

        foreach (var tenancy in deployment.Tenancies)
        {
            await operation.StepAsync(
                DeploySteps.Admit(tenancy),
                () => tenants.AdmitAsync(deployment, tenancy, cancellation),
                undo: () => TakeBackAsync(deployment, facts.Serving, tenancy, operation));
            await operation.StepAsync(DeploySteps.Await(tenancy), () => tenants.WaitAsync(deployment, tenancy, cancellation));
        }
    }

    /// <summary>The names by which what serves reaches the server in that network.</summary>
    private static IReadOnlyList<string> NamesBefore(Deployment? serving, Deployment next, InstanceName server) =>
        serving?.Network == next.Network
            ? [.. serving.Tenancies.Where(tenancy => tenancy.Server == server).Select(tenancy => tenancy.Role)]
            : [];

    /// <summary>What the operation made goes; what was there has the password again that it had.</summary>
    private async Task TakeBackAsync(Deployment next, Deployment? serving, Tenancy tenancy, Operation operation)
    {
        if (tenancy.Operation == operation.Id)
        {
            var mark = new TenantMark(next.Instance, next.Lineage, tenancy.Role, operation.Id);
            await _instance.Tenants.DismissAsync(tenancy.Server, mark.ToString(), CancellationToken.None);
        }
        else if (serving?.Tenancies.FirstOrDefault(old => old.Role == tenancy.Role) is { } old)
        {
            await _instance.Tenants.AdmitAsync(serving, old, CancellationToken.None);
        }
    }

    /// <summary>New ones are started, kept ones are found running or woken; an undo leaves at rest what was at rest.</summary>
    private async Task StartWorkloadsAsync(DeployPlan plan, DeployFacts facts, Operation operation, CancellationToken cancellation)
    {
        foreach (var (old, _) in plan.StopFirst)
        {
            await operation.StepAsync(
                DeploySteps.StopOld(old),
                () => _instance.StopAsync(old, cancellation),
                undo: facts.IsAtRest ? null : () => WakeAsync(facts.Serving!, old));
        }

        foreach (var workload in plan.Deployment.Workloads)
        {
            var isNew = plan.NewWorkloads.Contains(workload);
            await operation.StepAsync(
                DeploySteps.Start(workload, isNew),
                () => _instance.StartAsync(plan.Deployment, workload, cancellation),
                undo: isNew ? () => seams.Runtime.RemoveAsync(new WorkloadId(workload.Name), CancellationToken.None)
                    : facts.IsAtRest ? () => _instance.RestAsync(workload, facts.Instance!.Desired, CancellationToken.None)
                    : null);
            await operation.StepAsync(
                DeploySteps.Await(workload),
                () => _instance.WaitAsync(plan.Deployment, workload, plan.Package, cancellation));
        }

        foreach (var workload in plan.Deployment.Workloads)
        {
            foreach (var command in InstanceRunner.PostRunOf(plan.Package, workload))
            {
                await operation.StepAsync(
                    DeploySteps.Run(command),
                    () => _instance.RunAsync(plan.Deployment, workload, "post-run", command, cancellation));
            }
        }
    }

    /// <summary>The instance's protocol, through the gateway's private door, before any visitor is sent there.</summary>
    private async Task<IReadOnlyList<TestOutcome>> TestAsync(
        DeployPlan plan, int httpsPort, Operation operation, CancellationToken cancellation)
    {
        if (plan.Deployment.WebPort is not null)
        {
            await operation.StepAsync(
                DeploySteps.Offer,
                async () => await seams.Gateway.OfferAsync(await _instance.RouteOfAsync(plan.Deployment, cancellation), cancellation),
                undo: () => seams.Gateway.RetractAsync(plan.Deployment.Domain, CancellationToken.None));
        }

        return await operation.StepAsync(
            DeploySteps.Test,
            EngineJson.Default.IReadOnlyListTestOutcome,
            () => _instance.TestAsync(plan.Deployment, plan.Package, httpsPort, cancellation));
    }

    private async Task GoLiveAsync(DeployPlan plan, DeployFacts facts, Operation operation, CancellationToken cancellation)
    {
        if (plan.Deployment.WebPort is not null)
        {
            await operation.StepAsync(
                DeploySteps.Switch,
                async () => await seams.Gateway.PublishAsync(await _instance.RouteOfAsync(plan.Deployment, cancellation), cancellation),
                undo: () => RouteBackAsync(plan.Deployment, facts));
        }

        await operation.CommitAsync(
            DeploySteps.Record,
            () => seams.Journal.CommitAsync(plan.Deployment with { At = seams.Clock.GetUtcNow() }, cancellation));
    }

    private async Task TidyAsync(DeployPlan plan, DeployFacts facts, Operation operation)
    {
        var serving = facts.Serving;
        await operation.TidyAsync(
            DeploySteps.CloseDoor,
            () => seams.Gateway.RetractAsync(plan.Deployment.Domain, CancellationToken.None));

        if (DeploySteps.Abandoned(plan, serving) is { } domain)
        {
            await operation.TidyAsync(
                DeploySteps.StopAnswering(domain), () => _instance.WithdrawAsync(serving!, CancellationToken.None));
        }

        // The app first: it may still ask its services while it drains.
        foreach (var old in plan.Retiring.Reverse())
        {
            await operation.TidyAsync(DeploySteps.Retire(old), () => RetireAsync(serving!, old));
        }

        foreach (var renewal in DeploySteps.Retirable(plan))
        {
            await operation.TidyAsync(
                DeploySteps.RetireCredentials(renewal), () => _credentials.RetireAsync(renewal, serving!, plan.Deployment));
        }

        foreach (var server in DeploySteps.Departed(plan, serving))
        {
            await operation.TidyAsync(DeploySteps.ShowOut(server), () => _instance.Tenants.ShowOutAsync(plan.Deployment, server));
        }

        if (DeploySteps.HasOldNetwork(plan, serving))
        {
            await operation.TidyAsync(
                DeploySteps.RemoveNetwork, () => _instance.RemoveNetworkAsync(serving!.Network, CancellationToken.None));
        }

        await GiveUpAsync(plan, facts, operation);
    }

    /// <summary>The data of an app that was replaced.</summary>
    private async Task GiveUpAsync(DeployPlan plan, DeployFacts facts, Operation operation)
    {
        foreach (var volume in plan.GivenUp?.Volumes ?? [])
        {
            await operation.TidyAsync(
                DeploySteps.DestroyVolume(volume), () => seams.Runtime.RemoveVolumeAsync(volume, CancellationToken.None));
        }

        foreach (var server in DeploySteps.GivenUpIn(plan, facts))
        {
            var mark = TenantMark.Of(plan.Deployment.Instance, facts.Heritage!.Lineage);
            await operation.TidyAsync(
                DeploySteps.Dismiss(server), () => _instance.Tenants.DismissAsync(server, mark, CancellationToken.None));
        }
    }

    private async Task RetireAsync(Deployment serving, WorkloadPlan old)
    {
        var id = new WorkloadId(old.Name);
        if (old.Role == WorkloadPlan.AppRole && serving.WebPort is { } port
            && await seams.Runtime.FindAsync(id, CancellationToken.None) is { Address: { } address })
        {
            await seams.Gateway.DrainAsync(new Uri($"http://{address}:{port}/"), DrainLimit, CancellationToken.None);
        }

        await _instance.StopAsync(old, CancellationToken.None);
        await seams.Runtime.RemoveAsync(id, CancellationToken.None);
    }

    private async Task RouteBackAsync(Deployment deployment, DeployFacts facts)
    {
        var before = facts.Serving is { WebPort: not null } serving ? await RouteBeforeAsync(serving, facts.Instance!.Desired) : null;
        if (before is not null)
        {
            await seams.Gateway.PublishAsync(before, CancellationToken.None);
        }

        if (before?.Domain != deployment.Domain)
        {
            await _instance.WithdrawAsync(deployment, CancellationToken.None);
        }
    }

    /// <summary>To what served; while that is stopped, to nobody: it is routed when it is woken.</summary>
    private async Task<Route?> RouteBeforeAsync(Deployment serving, DesiredState desired) => desired switch
    {
        DesiredState.Paused => InstanceRunner.HeldRouteOf(serving),
        DesiredState.Started when await seams.Runtime.FindAsync(new WorkloadId(serving.App.Name), CancellationToken.None)
            is { Status: WorkloadStatus.Running } => await _instance.RouteOfAsync(serving, CancellationToken.None),
        _ => null,
    };

    private async Task WakeAsync(Deployment serving, WorkloadPlan old)
    {
        await _instance.StartAsync(serving, old, CancellationToken.None);
        if (old.Role == WorkloadPlan.AppRole && serving.WebPort is not null)
        {
            await seams.Gateway.PublishAsync(await _instance.RouteOfAsync(serving, CancellationToken.None), CancellationToken.None);
        }
    }

    private async Task RemoveOwnNetworkAsync(Deployment deployment, Operation operation)
    {
        var inventory = await seams.Runtime.ListAsync(CancellationToken.None);
        if (inventory.Networks.Any(network => network.Name == deployment.Network && network.Owner.Operation == operation.Id))
        {
            await _instance.RemoveNetworkAsync(deployment.Network, CancellationToken.None);
        }
    }

    /// <summary>All is as wanted already: that is proven, not believed.</summary>
    private async Task<DeployResult> ProveUnchangedAsync(
        DeployPlan plan, DeployFacts facts, Operation operation, CancellationToken cancellation)
    {
        var serving = facts.Serving!;
        await operation.StepAsync(
            DeploySteps.HaveRunning,
            () => _instance.BringUpAsync(serving, cancellation));
        var tests = await operation.StepAsync(
            DeploySteps.Test,
            EngineJson.Default.IReadOnlyListTestOutcome,
            () => _instance.TestAsync(serving, plan.Package, facts.HttpsPort, cancellation));
        return DeployResult.Of(serving, facts.HttpsPort, changed: false, tests);
    }
}
