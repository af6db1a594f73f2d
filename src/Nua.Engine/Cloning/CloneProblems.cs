using Nua.Core.Names;
using Nua.Core.Problems;

namespace Nua.Engine.Cloning;

/// <summary>The words of the room.</summary>
public static class CloneProblems
{
    /// <summary>There is something under the name of the copy.</summary>
    public static Problem TargetExists(InstanceName target) => new(
        ProblemKind.Conflict,
        "clone.target-exists",
        $"There is an instance '{target}' already, or the data of one that was removed.",
        $"Give the copy another name with --as, or remove that with 'nua destroy {target} --with-data'.");

    /// <summary>The data lies where no copy of it can be made.</summary>
    public static Problem SharedData(InstanceName source, IReadOnlyList<string> places) => new(
        ProblemKind.Conflict,
        "clone.shared-data",
        $"'{source}' keeps data in folders of the server, or in volumes of other drivers, which are not copied.",
        "Let both use the same with --share, if the application can do that; or deploy another by a sites file with places of its own.",
        places);

    /// <summary>The data is not there.</summary>
    public static Problem VolumeGone(InstanceName source, string volume) => new(
        ProblemKind.Conflict,
        "clone.volume-gone",
        $"The volume '{volume}' of '{source}' is gone from the engine, so there is nothing to copy.",
        $"Put the data back under that name; or go on without it: 'nua restart {source}' makes an empty one.");

    /// <summary>What is in a shared server is not copied.</summary>
    public static Problem SharedServer(InstanceName source, IReadOnlyList<InstanceName> servers) => servers.Count > 0
        ? new(
            ProblemKind.Conflict,
            "clone.shared-server",
            $"'{source}' has its data in {string.Join(" and ", servers.Select(server => $"'{server}'"))}, which others share; what is in there is not copied yet.",
            "Deploy a second instance with 'nua deploy APP --as NAME', and carry the data over with the database's own tools.")
        : new(
            ProblemKind.Conflict,
            "clone.shared-server",
            $"'{source}' is a server that instances share; a copy of it would be nobody's.",
            "Deploy an instance with --share: the server that it needs is made by itself.");

    /// <summary>Both cannot have the same port of the host.</summary>
    public static Problem PublishedPort(InstanceName source, int port) => new(
        ProblemKind.Conflict,
        "clone.port-published",
        $"'{source}' publishes port {port} of this machine, which a copy cannot have, too.",
        "Deploy the copy by a sites file with another port.");

    /// <summary>The copying failed.</summary>
    public static Problem CopyFailed(string volume, int exitCode, string why) => new(
        ProblemKind.Unavailable,
        "clone.copy-failed",
        $"The volume '{volume}' could not be copied: it ended with {exitCode}: {why}.",
        "See with 'df -h' whether the disk is full; nothing of the copy is left, and the source goes on.");

    /// <summary>The copying took too long.</summary>
    public static Problem TooSlow(InstanceName source, TimeSpan limit) => new(
        ProblemKind.Unavailable,
        "clone.too-slow",
        $"'{source}' was held still for {limit.TotalMinutes:0} minutes and its data was not copied yet; it goes on, and there is no copy.",
        $"Stop it first with 'nua stop {source}': then it is not waited for.");

    /// <summary>Somebody started, stopped, paused or deployed it meanwhile.</summary>
    public static Problem SourceChanged(InstanceName source) => new(
        ProblemKind.Conflict,
        "clone.source-changed",
        $"'{source}' was started, stopped, paused or deployed since it was looked at.",
        "Clone it again.");
}
