using Nua.Core.Names;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What the steps of a deploy are called, and which of them a plan comes to. The journal and <c>nua plan</c> say the same.</summary>
internal static class DeploySteps
{
    public const string Look = "look at what is there";
    public const string TakeSecrets = "take the secrets that were given";
    public const string KeepCredentials = "keep credentials";
    public const string MakeNetwork = "make the network";
    public const string Offer = "offer it at the private door";
    public const string Test = "test it through the gateway";
    public const string Switch = "switch traffic to it";
    public const string Record = "record the deployment";
    public const string CloseDoor = "close the private door";
    public const string RemoveNetwork = "remove the old network";
    public const string HaveRunning = "have it running";

    /// <summary>An override is seen by whoever looks at the operation.</summary>
    public static string ProveData(bool acceptLoss) =>
        acceptLoss ? "give up data that no verified recovery point holds" : "see whether its data may go";

    public static string HaveImage(string provider) => $"have the image of {provider}";

    public static string HaveVolume(VolumePlan volume) => $"have the volume {volume.Role}";

    public static string StopOld(WorkloadPlan old) => $"stop the old {old.Role}";

    public static string Start(WorkloadPlan workload, bool isNew) => isNew ? $"start {workload.Role}" : $"have {workload.Role} running";

    public static string Await(IDeploymentPart part) => $"wait until {part.Role} answers";

    public static string LookFor(InstanceName server) => $"look for the shared server {server}";

    public static string Make(InstanceName server) => $"make the shared server {server}";

    public static string LetIn(InstanceName server) => $"let {server} into the network";

    public static string Admit(Tenancy tenancy) => $"have the database of {tenancy.Role} in {tenancy.Server}";

    public static string ShowOut(InstanceName server) => $"take {server} out of the network";

    public static string Dismiss(InstanceName server) => $"destroy the old database in {server}";

    public static string Run(string command) => $"run '{command}'";

    public static string ChangeCredentials(Renewal renewal) => $"change the password in {renewal.New.Role}";

    public static string RetireCredentials(Renewal renewal) => $"have {renewal.New.Role} forget the old password";

    /// <summary>Servers that took both passwords, and are to forget one.</summary>
    public static IEnumerable<Renewal> Retirable(DeployPlan plan) => plan.Renewals.Where(renewal => renewal.TakesBoth);

    public static string StopAnswering(string domain) => $"stop answering on {domain}";

    public static string Retire(WorkloadPlan old) => $"retire the old {old.Role}";

    public static string DestroyVolume(string volume) => $"destroy the old volume {volume}";

    /// <summary>The steps of a deploy that come before its plan.</summary>
    public static IReadOnlyList<string> BeforeDeploy(DeployPlan plan) => [Look, .. Images(plan)];

    /// <summary>The steps that carry a plan out, in order, when none fails.</summary>
    public static IReadOnlyList<string> Of(DeployPlan plan, DeployFacts facts) =>
        plan.Unchanged
            ? [HaveRunning, Test]
            : [.. Preparing(plan), .. Starting(plan), .. GoingLive(plan), .. Tidying(plan, facts)];

    /// <summary>The domain that nobody answers on afterwards.</summary>
    public static string? Abandoned(DeployPlan plan, Deployment? serving) =>
        serving?.WebPort is not null && (serving.Domain != plan.Deployment.Domain || plan.Deployment.WebPort is null) ? serving.Domain : null;

    private static IEnumerable<string> Images(DeployPlan plan) =>
        from provider in plan.Package.Providers
        where plan.Deployment.Workloads.Any(workload => workload.Role == provider.Name)
        select HaveImage(provider.Name);

    private static IEnumerable<string> Preparing(DeployPlan plan) =>
    [
        .. plan.GivenUp is { } data ? [ProveData(data.AcceptLoss)] : Array.Empty<string>(),
        KeepCredentials,
        MakeNetwork,
        .. plan.Deployment.Volumes.Select(HaveVolume),
        .. plan.Renewals.Select(ChangeCredentials),
        .. plan.Deployment.Servers.Select(LetIn),
        .. plan.Deployment.Tenancies.SelectMany(tenancy => new[] { Admit(tenancy), Await(tenancy) }),
    ];

    /// <summary>Shared servers that what serves has something in, and what follows it has not; they stay in the network while it is used.</summary>
    public static IEnumerable<InstanceName> Departed(DeployPlan plan, Deployment? serving) =>
        serving is null || HasOldNetwork(plan, serving) ? [] : serving.Servers.Except(plan.Deployment.Servers);

    /// <summary>Shared servers in which the data lies that is given up.</summary>
    public static IEnumerable<InstanceName> GivenUpIn(DeployPlan plan, DeployFacts facts) =>
        plan.GivenUp is null ? [] : facts.Heritage!.Servers;

    private static IEnumerable<string> Starting(DeployPlan plan) =>
    [
        .. plan.StopFirst.Select(early => StopOld(early.Workload)),
        .. plan.Deployment.Workloads.SelectMany(workload => new[] { Start(workload, plan.NewWorkloads.Contains(workload)), Await(workload) }),
        .. plan.Deployment.Workloads.SelectMany(workload => InstanceRunner.PostRunOf(plan.Package, workload)).Select(Run),
    ];

    private static IEnumerable<string> GoingLive(DeployPlan plan) =>
        plan.Deployment.WebPort is null ? [Test, Record] : [Offer, Test, Switch, Record];

    private static IEnumerable<string> Tidying(DeployPlan plan, DeployFacts facts) =>
    [
        CloseDoor,
        .. Abandoned(plan, facts.Serving) is { } domain ? [StopAnswering(domain)] : Array.Empty<string>(),
        .. plan.Retiring.Reverse().Select(Retire),
        .. Retirable(plan).Select(RetireCredentials),
        .. Departed(plan, facts.Serving).Select(ShowOut),
        .. HasOldNetwork(plan, facts.Serving) ? [RemoveNetwork] : Array.Empty<string>(),
        .. plan.GivenUp?.Volumes.Select(DestroyVolume) ?? [],
        .. GivenUpIn(plan, facts).Select(Dismiss),
    ];

    /// <summary>Whether the old app had a network of its own, which the new one does not use.</summary>
    public static bool HasOldNetwork(DeployPlan plan, Deployment? serving) =>
        serving is not null && serving.Network != plan.Deployment.Network;
}
