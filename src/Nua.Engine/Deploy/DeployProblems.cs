using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Protocol;

namespace Nua.Engine.Deploy;

/// <summary>The words of the room.</summary>
public static class DeployProblems
{
    /// <summary>No image of that name was built here.</summary>
    public static Problem NoImage(string image) => new(
        ProblemKind.NotFound,
        "deploy.no-image",
        $"There is no image '{image}' built by Nua on this server.",
        "Build it with 'nua build DIR', or see what there is with 'nua image list'.");

    /// <summary>The image was not made by Nua.</summary>
    public static Problem NotNua(string image) => new(
        ProblemKind.Invalid,
        "deploy.not-nua",
        $"The image '{image}' carries no nua-config.",
        "Wrap it: write a nua-config with base-image, and build that with 'nua build'.");

    /// <summary>The image is of a part of an app.</summary>
    public static Problem PartOfAnother(string image, string app) => new(
        ProblemKind.Invalid,
        "deploy.sub-application",
        $"The image '{image}' is a sub-application of '{app}', and runs in its instances only.",
        $"Deploy the whole: 'nua deploy {app}'.");

    /// <summary>The image of a sub-application is not there.</summary>
    public static Problem NoSubApplication(string image, string name) => new(
        ProblemKind.NotFound,
        "deploy.no-sub-application",
        $"The image of the sub-application '{name}' that was built with '{image}' is no longer there.",
        "Build both again with 'nua build DIR'.");

    /// <summary>No instance has that name.</summary>
    public static Problem NoInstance(InstanceName instance) => new(
        ProblemKind.NotFound,
        "deploy.no-instance",
        $"There is no instance '{instance}'.",
        "See what there is with 'nua apps'.");

    /// <summary>It does not run, so it cannot be held still.</summary>
    public static Problem NotRunning(InstanceName instance) => new(
        ProblemKind.Conflict,
        "deploy.not-running",
        $"'{instance}' is stopped: there is nothing to pause.",
        $"Leave it so, or start it with 'nua start {instance}'.");

    /// <summary>It is stopped, not held still.</summary>
    public static Problem NotPaused(InstanceName instance) => new(
        ProblemKind.Conflict,
        "deploy.not-paused",
        $"'{instance}' is not paused but stopped.",
        $"Start it with 'nua start {instance}'.");

    /// <summary>The runtime cannot hold workloads still.</summary>
    public static Problem CannotPause(string runtime) => new(
        ProblemKind.Conflict,
        "deploy.cannot-pause",
        $"The runtime '{runtime}' cannot hold workloads still.",
        "Stop the instance instead, with 'nua stop'.");

    /// <summary>Another instance answers on the domain.</summary>
    /// <param name="instance">Who wants it.</param>
    /// <param name="domain">What it wants.</param>
    /// <param name="holder">Who is in the way.</param>
    /// <param name="held">What that answers on: the same, the whole host, or a path of it.</param>
    public static Problem DomainTaken(InstanceName instance, string domain, string holder, string? held = null) =>
        held is null || held == domain
            ? new(
                ProblemKind.Conflict,
                "deploy.domain-taken",
                $"'{instance}' cannot answer on {domain}: '{holder}' does.",
                $"Give it another with --domain, or remove the other with 'nua destroy {holder}'.")
            : new(
                ProblemKind.Conflict,
                "deploy.host-shared",
                $"'{instance}' cannot answer on {domain}: '{holder}' answers on {held}, and whoever has a whole host shares it with nobody.",
                $"Give both a path of the host, or one another host, with --domain; or remove the other with 'nua destroy {holder}'.");

    /// <summary>Somebody removed a volume behind Nua's back.</summary>
    public static Problem VolumeGone(InstanceName instance, string volume) => new(
        ProblemKind.Conflict,
        "deploy.volume-gone",
        $"The volume '{volume}' of '{instance}' is gone from the engine, and the data in it; nothing is started on an empty one.",
        $"Put the data back under that name; or go on without it: 'nua restart {instance}' makes an empty one.");

    /// <summary>The engine has what no operation of this journal made.</summary>
    public static Problem UnknownToJournal(IEnumerable<Runtimes.Ownership> strangers)
    {
        var names = string.Join(", ", strangers.Select(stranger => $"'{stranger.Instance}'").Distinct());
        return new(
            ProblemKind.Conflict,
            "deploy.unknown-to-journal",
            $"The engine has containers or networks of {names} that this server's journal knows nothing of; they are left as they are.",
            "Put back the nua.db that made them, give one of two servers another name in nua.toml, "
            + "or remove them by hand ('docker ps --filter label=rocks.nua.server').");
    }

    /// <summary>The instance holds the data of another app.</summary>
    public static Problem OtherApp(InstanceName instance, string appId, string wanted) => new(
        ProblemKind.Conflict,
        "deploy.other-app",
        $"'{instance}' is an instance of '{appId}', and holds its data; it does not become one of '{wanted}' by itself.",
        "Deploy it under another name with --as NAME; or give --replace, and the old data goes once the new app serves.");

    /// <summary>A variable is made of itself.</summary>
    public static Problem EnvironmentCycle(string owner, string key) => new(
        ProblemKind.Invalid,
        "deploy.env-cycle",
        $"The variable {key} of '{owner}' depends on itself.",
        "Break the circle of {NAME} and from in [env].");

    /// <summary>A variable looks something up from nobody.</summary>
    public static Problem UnknownOwner(string asker, string name, IEnumerable<string> known) => new(
        ProblemKind.Invalid,
        "deploy.unknown-owner",
        $"A variable of '{asker}' looks something up from '{name}', which the package does not have.",
        $"Use one of: {string.Join(", ", known)}.");

    /// <summary>What a variable looks up is not there.</summary>
    public static Problem UnknownKey(string owner, string key, IEnumerable<string> known) => new(
        ProblemKind.Invalid,
        "deploy.unknown-key",
        $"'{owner}' has no '{key}' to look up.",
        $"It has: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");

    /// <summary>A variable wants what the predecessor kept on the host.</summary>
    public static Problem NoHostDatabase(string owner, string key) => new(
        ProblemKind.Invalid,
        "deploy.no-host-database",
        $"The variable {key} of '{owner}' wants the password of a database on the host; Nua runs none there.",
        "Ask for a database of its own with [[provider]] and module-name.");

    /// <summary>A provider is neither a module nor an image.</summary>
    public static Problem ProviderUnsupported(ProviderRequirement requirement) => new(
        ProblemKind.Invalid,
        "deploy.provider-unsupported",
        $"The provider '{requirement.Name}' is of the type '{requirement.Type ?? "(none)"}' and names neither a module nor an image.",
        "Give it module-name = \"postgres\" or the like, or base-image = \"…\", or type = \"app\" and a [provider.build].");

    /// <summary>Two providers share a name.</summary>
    public static Problem ProviderTwice(string name) => new(
        ProblemKind.Invalid,
        "deploy.provider-twice",
        $"Two providers are called '{name}'.",
        "Give each [[provider]] a name of its own.");

    /// <summary>Providers wait for each other.</summary>
    public static Problem ProviderCycle(IEnumerable<string> names) => new(
        ProblemKind.Invalid,
        "deploy.provider-cycle",
        $"The providers {string.Join(", ", names)} wait for each other, or for one that does not exist.",
        "Break the circle of 'from' between them.");

    /// <summary>A deployment refers to a value that the vault does not have.</summary>
    public static Problem ValueMissing(State.KeptReference reference) => new(
        ProblemKind.Unavailable,
        "deploy.value-missing",
        $"The value that was made for {reference.Name} of '{reference.Owner}' is no longer kept.",
        "Restore the server's state, or make a new one by deploying again.");

    /// <summary>Two things of a package would be one on the engine.</summary>
    public static Problem NameClash(string kind, string first, string second) => new(
        ProblemKind.Invalid,
        "deploy.name-clash",
        $"The {kind}s '{first}' and '{second}' come to the same name on the engine.",
        "Give one of them another name; 'app' is the app itself.");

    /// <summary>A volume would give the container the machine.</summary>
    public static Problem HostFolderRefused(string folder) => new(
        ProblemKind.Conflict,
        "deploy.host-folder-refused",
        $"A volume asks for '{folder}' of this machine, which would give the container the machine itself.",
        "Use a managed volume, or an absolute path of a folder that holds data, such as /srv/files.");

    /// <summary>A folder of the host is an administrator's to give.</summary>
    public static Problem HostFolderConsent(string folder) => new(
        ProblemKind.Forbidden,
        "deploy.host-folder-consent",
        $"A volume asks for the folder '{folder}' of the server, which only an administrator gives to an instance.",
        "Have somebody with the scope 'admin' deploy it once; what has the folder already may be deployed again without.");

    /// <summary>A volume with data was made by another driver, or with other options of it.</summary>
    public static Problem VolumeMadeOtherwise(State.VolumePlan volume) => new(
        ProblemKind.Conflict,
        "deploy.volume-made-otherwise",
        $"The volume '{volume.Role}' is there, made with another driver or other options of it; its data does not move by itself.",
        "Write 'driver' and 'options' as they were; or give the volume another name, and copy the data.");

    /// <summary>A port comes to no number.</summary>
    public static Problem PortIsNoNumber(string owner) => new(
        ProblemKind.Invalid,
        "deploy.port-no-number",
        $"A port of '{owner}' is looked up and comes to no number from 1 to 65535.",
        "Point it to a variable that holds one.");

    /// <summary>A workload runs, but does not serve.</summary>
    public static Problem NotReady(string role, TimeSpan limit, string why, IReadOnlyList<string> log) => new(
        ProblemKind.TestsFailed,
        role == State.WorkloadPlan.AppRole ? "deploy.app-not-answering" : "deploy.provider-not-answering",
        $"'{role}' did not answer within {limit.TotalSeconds:0} s: {why}.",
        "Its last lines are above; a slow start is given more time with [healthcheck] start-period.",
        log);

    /// <summary>A workload ended while it was waited for.</summary>
    public static Problem Died(string role, string how, IReadOnlyList<string> log) => new(
        ProblemKind.TestsFailed,
        role == State.WorkloadPlan.AppRole ? "deploy.app-died" : "deploy.provider-died",
        $"'{role}' ended while it was starting: {how}.",
        "Its last lines are above.",
        log);

    /// <summary>The test protocol found a fault.</summary>
    public static Problem TestsFailed(InstanceName instance, TestReport report, IReadOnlyList<string> log) => new(
        ProblemKind.TestsFailed,
        "deploy.tests-failed",
        $"'{instance}' does not pass its test protocol: {report.Outcomes[^1].Name}: {report.Outcomes[^1].Why}.",
        "What served before still serves. Mend the app or the [[test]], and deploy again.",
        log);

    /// <summary>A command of the package failed.</summary>
    public static Problem CommandFailed(string what, string command, int exitCode, IReadOnlyList<string> output) => new(
        ProblemKind.TestsFailed,
        "deploy.command-failed",
        $"The {what} command '{command}' ended with {exitCode}.",
        "What served before still serves. Mend the command, and deploy again.",
        output);

    /// <summary>A command of the package did not end.</summary>
    public static Problem CommandTooSlow(string what, string command, TimeSpan limit) => new(
        ProblemKind.TestsFailed,
        "deploy.command-too-slow",
        $"The {what} command '{command}' did not end within {limit.TotalMinutes:0} minutes.",
        "What served before still serves. Mend the command, and deploy again.");

    /// <summary>A server would not take another password.</summary>
    public static Problem PasswordNotChanged(string role, string why) => new(
        ProblemKind.Unavailable,
        "deploy.password-not-changed",
        $"The password of '{role}' could not be changed: {why}.",
        "The old one holds. See that it runs with 'nua status', and ask again.");

    /// <summary>Data would go of which no recovery point was proven.</summary>
    internal static Problem DataUnproven(DataAtStake data) => new(
        ProblemKind.Conflict,
        "deploy.data-unproven",
        $"The data of '{data.Instance}' is not {data.Verb}: no recovery point of it has been verified.",
        data.Instead,
        [.. data.Volumes.Select(volume => $"volume {volume}"), .. data.Databases.Select(database => $"database {database}")]);
}
