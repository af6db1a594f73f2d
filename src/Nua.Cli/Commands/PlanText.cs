using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>Shows a plan to a reader: a sentence, then a line for everything that would be otherwise.</summary>
internal static class PlanText
{
    public static void Write(IAnsiConsole console, DeployPlanView plan, bool withSteps)
    {
        console.WriteLine(Headline(plan));
        foreach (var line in LinesOf(plan))
        {
            console.WriteLine($"  {line}");
        }

        if (withSteps)
        {
            console.WriteLine("  steps:");
            plan.Steps.ToList().ForEach(step => console.WriteLine($"    {step}"));
        }

        if (plan.Refusal is { } refusal)
        {
            ProblemText.Write(console, refusal);
        }
    }

    private static string Headline(DeployPlanView plan) => plan switch
    {
        { Changes: false } => $"{plan.Instance}: nothing to do; deployment {plan.Number} ({plan.App} {plan.Version}) would be tested.",
        { Strategy: "new" } => $"{plan.Instance}: new, as {plan.App} {plan.Version} on {plan.Domain}.",
        { Strategy: "return" } => $"{plan.Instance}: comes back to its data, as {plan.App} {plan.Version} on {plan.Domain}.",
        { Strategy: "move-domain", Earlier: { } old } => $"{plan.Instance}: moves from {old.Domain} to {plan.Domain}, {Versions(plan, old)}.",
        { Strategy: "replace", Earlier: { } old } => $"{plan.Instance}: {old.App} {old.Version} is replaced by {plan.App} {plan.Version}.",
        { Strategy: "replace" } => $"{plan.Instance}: {plan.App} {plan.Version} takes the name of an app that was removed.",
        { Earlier: { } old } => $"{plan.Instance}: update, {Versions(plan, old)}, on {plan.Domain}.",
        _ => $"{plan.Instance}: {plan.App} {plan.Version} on {plan.Domain}.",
    };

    private static string Versions(DeployPlanView plan, PlannedEarlier old) => old.Version == plan.Version
        ? $"{plan.App} {plan.Version}"
        : $"{plan.App} {old.Version} to {plan.Version}";

    private static IEnumerable<string> LinesOf(DeployPlanView plan) => plan.Changes
        ?
        [
            .. plan.Workloads.Select(WorkloadLine),
            .. plan.Shared.Select(SharedLine),
            .. plan.Volumes.Select(volume => $"volume {volume.Name}: {FateOf(volume.Fate)}"),
            .. plan.Variables.Select(VariableLine),
            .. plan.Ports.Where(port => port.Change != "keep").Select(PortLine),
            .. plan.AbandonedDomain is { } domain ? [$"domain {domain}: answered on until the new one serves, then no more"] : Array.Empty<string>(),
            $"gap in service: {GapOf(plan)}",
            DiskLine(plan),
        ]
        : [];

    private static string WorkloadLine(PlannedWorkload workload) => workload switch
    {
        { Change: "start" } => $"start {workload.Role} ({workload.Image})",
        { Change: "keep" } => $"keep {workload.Role} ({workload.Image})",
        { Change: "renew" } => $"keep {workload.Role} ({workload.Image}), with another password",
        { StoppedFirst: { } reason } => $"stop the old {workload.Role} first, then retire it: {ReasonOf(reason)}",
        _ => $"retire the old {workload.Role} ({workload.Image})",
    };

    private static string SharedLine(PlannedShare share) =>
        $"{share.Role} in the shared server {share.Server}: {(share.Fate == "create" ? "a new database" : "its database is kept")}"
        + (share.RefusesOld ? ", with another password" : "");

    private static string ReasonOf(string reason) => reason switch
    {
        "host-port" => "both want the same port of the host",
        "data-folder" => "two servers on one data folder destroy it",
        _ => "both answer to the same name",
    };

    private static string FateOf(string fate) => fate switch
    {
        "create" => "new",
        "keep" => "kept",
        "unused" => "kept, though nothing uses it any more",
        _ => "DESTROYED, once the new app serves",
    };

    private static string VariableLine(PlannedVariable variable)
    {
        var kind = variable switch
        {
            { From: { } from } => $"from {from}",
            { Kind: "unique" } => "a name of its own",
            _ => variable.Kind,
        };
        var change = variable.Change switch
        {
            "add" => "new",
            "change" => "changed",
            _ => "removed",
        };
        return $"variable {variable.Name} of {variable.Workload}: {change} ({kind})";
    }

    private static string PortLine(PlannedPort port) =>
        $"port {port.Host}/{port.Protocol} of the host to {port.Container} of {port.Workload}: {(port.Change == "add" ? "new" : "closed")}";

    /// <summary>For how long visitors would meet nobody.</summary>
    public static string GapOf(DeployPlanView plan)
    {
        var first = plan.Workloads.Where(workload => workload.StoppedFirst is not null).Select(workload => workload.Role).ToList();
        var closed = plan.Workloads.Where(workload => workload.RefusesOld).Select(workload => workload.Role)
            .Concat(plan.Shared.Where(share => share.RefusesOld).Select(share => share.Role))
            .ToList();
        return !plan.Gap ? "none"
            : first.Count > 0 ? $"from when {string.Join(" and ", first)} stops until the new one passes its tests"
            : $"until the new app passes its tests, the one that serves can open no new connection to {string.Join(" and ", closed)}";
    }

    private static string DiskLine(DeployPlanView plan) => plan.Disk.Count == 0
        ? "disk: all images are there"
        : $"disk: {string.Join(", ", plan.Disk.Select(ToHave))}";

    private static string ToHave(PlannedImage image) =>
        $"{image.Image} is to be {(image.Built ? "built" : "fetched")} ("
        + (image.LikelyBytes is { } bytes ? $"about {Words.Size(bytes)}, as the one before" : "size unknown") + ")";
}
