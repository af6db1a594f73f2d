using Nua.Core;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Starts decided workloads: fills in what the vault keeps, and hands them to the runtime.</summary>
internal sealed class WorkloadLauncher(IRuntimeDriver runtime, IVault vault, EngineNames names, HostFolders folders)
{
    /// <summary>Starts it, or finds it running.</summary>
    public async Task<Workload> StartAsync(Deployment deployment, WorkloadPlan workload, CancellationToken cancellation)
    {
        folders.Refuse(workload.Mounts);
        var kept = await vault.ReadAsync(deployment.Instance, cancellation);
        return await runtime.StartAsync(SpecOf(deployment, workload, kept), cancellation);
    }

    /// <summary>Lays its secrets where its programs find them at their next start; what runs goes on.</summary>
    public async Task RenewSecretsAsync(Deployment deployment, WorkloadPlan workload, CancellationToken cancellation)
    {
        var kept = await vault.ReadAsync(deployment.Instance, cancellation);
        await runtime.RenewSecretsAsync(SpecOf(deployment, workload, kept), cancellation);
    }

    /// <summary>Starts an idle workload with all that the app has but its names and its ports, for a command to be run in it.</summary>
    public async Task StartIdleAsync(Deployment deployment, WorkloadId id, string operation, CancellationToken cancellation)
    {
        folders.Refuse(deployment.App.Mounts);
        var kept = await vault.ReadAsync(deployment.Instance, cancellation);
        await runtime.StartAsync(
            SpecOf(deployment, deployment.App, kept) with
            {
                Id = id,
                Owner = new Ownership(names.Server, deployment.Instance, operation, WorkloadPlan.OneOffRole),
                IsIdle = true,
                Command = [],
                Aliases = [],
                Publish = [],
            },
            cancellation);
    }

    /// <summary>Its environment with everything filled in, for those who must talk to it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(
        Deployment deployment, IDeploymentPart part, CancellationToken cancellation)
    {
        var kept = await vault.ReadAsync(deployment.Instance, cancellation);
        return part.Env.ToDictionary(variable => variable.Key, variable => variable.Value.Fill(Reveal(kept)));
    }

    /// <summary>
    /// Runs a shell line of the package in a workload, as what runs there runs: its user, its folder, its secrets.
    /// The formats say that such a line is a shell line.
    /// </summary>
    public Task<ExecOutcome> RunLineAsync(WorkloadPlan workload, string line, CancellationToken cancellation) => runtime.ExecAsync(
        new WorkloadId(workload.Name), CommandIn(workload, ["/bin/sh", "-c", line]), cancellation);

    /// <summary>A command as what runs in the workload runs: its user unless another is named, its folder, its secrets.</summary>
    public static ExecCommand CommandIn(WorkloadPlan workload, IReadOnlyList<string> command, string? user = null) => workload.HasAgent
        ? new ExecCommand([ImagePaths.Agent, "start", .. user is null ? Array.Empty<string>() : ["--user", user], "--", .. command])
        : new ExecCommand(command) { User = user };

    /// <summary>The last lines a workload wrote, with the instance's secrets blotted out.</summary>
    public async Task<IReadOnlyList<string>> LastLinesAsync(Deployment deployment, WorkloadPlan workload, CancellationToken cancellation)
    {
        var secrets = await SecretsAsync(deployment, cancellation);
        var lines = new List<string>();
        await foreach (var line in runtime.ReadLogAsync(new WorkloadId(workload.Name), new LogRequest(Tail: 20), cancellation))
        {
            lines.Add(secrets.Aggregate(line.Text, (text, secret) => text.Replace(secret, "[secret]")));
        }

        return lines;
    }

    /// <summary>Blots the instance's secrets out of a text.</summary>
    public async Task<string> RedactAsync(Deployment deployment, string text, CancellationToken cancellation) =>
        (await SecretsAsync(deployment, cancellation)).Aggregate(text, (shown, secret) => shown.Replace(secret, "[secret]"));

    private async Task<IReadOnlyList<string>> SecretsAsync(Deployment deployment, CancellationToken cancellation)
    {
        var kept = await vault.ReadAsync(deployment.Instance, cancellation);
        return [.. deployment.Parts
            .SelectMany(part => part.Env.Values)
            .SelectMany(value => value.Parts)
            .Select(part => part.Kept)
            .OfType<KeptReference>()
            .Where(reference => reference.IsSecret)
            .Select(reference => kept.GetValueOrDefault(new KeptKey(reference.Owner, reference.Name))?.Reveal())
            .OfType<string>()
            .Where(secret => secret.Length > 0)
            .Distinct()];
    }

    private WorkloadSpec SpecOf(Deployment deployment, WorkloadPlan workload, IReadOnlyDictionary<KeptKey, Secret> kept) => new()
    {
        Id = new WorkloadId(workload.Name),
        Owner = new Ownership(names.Server, deployment.Instance, workload.Operation, workload.Role),
        // The name may have moved on to another build by now.
        Image = workload.ImageId,
        Command = workload.Command,
        Environment = workload.Env.Where(variable => !IsHidden(workload, variable.Value))
            .ToDictionary(variable => variable.Key, variable => variable.Value.Fill(Reveal(kept))),
        Secrets = workload.Env.Where(variable => IsHidden(workload, variable.Value))
            .ToDictionary(variable => variable.Key, variable => new Secret(variable.Value.Fill(Reveal(kept)))),
        Mounts = workload.Mounts,
        Network = deployment.Network,
        Aliases = [workload.Role],
        Publish = workload.Publish,
        Limits = workload.Limits,
        EngineOptions = workload.EngineOptions,
    };

    /// <summary>Without the agent nobody reads the file of secrets, so they must be plain environment.</summary>
    private static bool IsHidden(WorkloadPlan workload, EnvValue value) => value.IsSecret && workload.HasAgent;

    private static Func<KeptReference, string> Reveal(IReadOnlyDictionary<KeptKey, Secret> kept) =>
        reference => kept.TryGetValue(new KeptKey(reference.Owner, reference.Name), out var value)
            ? value.Reveal()
            : throw new NuaException(DeployProblems.ValueMissing(reference));
}
