using Nua.Core.Names;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>One way in which reality is not what the journal wants, and what mends it.</summary>
/// <param name="Found">What was found, as a sentence without its stop.</param>
/// <param name="Remedy">What is done about it.</param>
internal abstract record Difference(string Found, string Remedy)
{
    /// <summary>A workload of the instance that its current deployment does not have.</summary>
    public sealed record Stray(Workload Workload)
        : Difference($"'{Workload.Id}' belongs to no current deployment", "remove it");

    /// <summary>A network of the instance that its current deployment does not have.</summary>
    public sealed record StrayNetwork(string Network) : Difference($"the network '{Network}' is left over", "remove it");

    /// <summary>A domain leads to the instance that should not.</summary>
    public sealed record StrayRoute(string Domain) : Difference($"{Domain} still leads to it", "stop answering there");

    /// <summary>The network is gone.</summary>
    public sealed record NoNetwork() : Difference("its network is gone", "make it again");

    /// <summary>A shared server runs, and is not in the network.</summary>
    public sealed record LockedOut(InstanceName Server) : Difference($"{Server} is not in its network", "let it in");

    /// <summary>A volume is gone, and with it what it held.</summary>
    public sealed record NoVolume(VolumePlan Volume) : Difference($"the volume {Volume.Role} is gone", "make it again");

    /// <summary>A workload does not run.</summary>
    public sealed record Idle(WorkloadPlan Workload, Workload? Now) : Difference($"{Workload.Role} {How(Now)}", RemedyFor(Now));

    /// <summary>A workload runs where nobody can reach it: only a new one is in its network again.</summary>
    public sealed record CutOff(WorkloadPlan Workload) : Difference($"{Workload.Role} is in its network no longer", "make it again");

    /// <summary>The domain does not lead to the app.</summary>
    public sealed record Misrouted(string Domain) : Difference($"{Domain} does not lead to it", "lead it there");

    /// <summary>A workload runs that should not.</summary>
    public sealed record Busy(WorkloadPlan Workload) : Difference($"{Workload.Role} runs, though the instance was stopped", "stop it");

    /// <summary>A workload runs that should be held still.</summary>
    public sealed record Restless(WorkloadPlan Workload) : Difference($"{Workload.Role} runs, though the instance was paused", "hold it still");

    /// <summary>Visitors of a paused instance are not told to come again.</summary>
    public sealed record Unexcused(string Domain) : Difference($"{Domain} does not say that it is paused", "say so there");

    /// <summary>Both, for the journal.</summary>
    public override sealed string ToString() => $"{Found}: {Remedy}";

    private static string How(Workload? now) => now switch
    {
        null => "is gone",
        { Status: WorkloadStatus.Paused } => "is paused",
        { Status: WorkloadStatus.Restarting } => $"ends again and again (exit code {now.ExitCode})",
        { OutOfMemory: true } => "has ended, out of memory",
        _ => $"has ended (exit code {now.ExitCode})",
    };

    private static string RemedyFor(Workload? now) => now switch
    {
        null => "make it again",
        { Status: WorkloadStatus.Paused } => "let it go on",
        _ => "start it",
    };
}
