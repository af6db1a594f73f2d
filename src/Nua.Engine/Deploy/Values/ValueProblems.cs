using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>The words for values and secrets.</summary>
internal static class ValueProblems
{
    public static Problem BadName(string name) => new(
        ProblemKind.Invalid,
        "values.bad-name",
        $"'{name}' cannot name an environment variable.",
        "Write it without spaces and without '=', such as SMTP_HOST.");

    public static Problem Reserved(string name) => new(
        ProblemKind.Invalid,
        "values.reserved",
        $"The variable {name} is not one to give: NUA_… are Nua's own, and LD_… have programs load the code of others.",
        "Choose another name.");

    public static Problem MoreThanALine(string name) => new(
        ProblemKind.Invalid,
        "values.bad-value",
        $"The value of {name} is more than one line.",
        "Give one line; encode a key or a certificate as base64, or lay it into a volume.");

    public static Problem TooLong(string name, int longest) => new(
        ProblemKind.Invalid,
        "values.bad-value",
        $"The value of {name} is longer than {longest} characters.",
        "Lay it into a volume as a file.");

    public static Problem Twice(VariableKey key) => new(
        ProblemKind.Invalid,
        "values.twice",
        $"The variable {key.Name} of '{key.Workload}' is named twice.",
        "Say once what is to become of it.");

    public static Problem Nothing() => new(
        ProblemKind.Invalid,
        "values.nothing",
        "No variable is named.",
        "Name one: 'nua env set INSTANCE NAME=VALUE'.");

    public static Problem UnknownWorkload(string workload, IEnumerable<string> known) => new(
        ProblemKind.NotFound,
        "values.unknown-workload",
        $"The instance has no workload '{workload}'.",
        $"Use one of: {string.Join(", ", known)}.");

    public static Problem OfTheServer(InstanceName instance, VariableKey key) => new(
        ProblemKind.Conflict,
        "values.of-the-server",
        $"'{key.Workload}' made its accounts with the {key.Name} it has; to give it another here would not change them.",
        $"Have a new password made and changed in the server with 'nua secret rotate {instance}'; an app is led elsewhere by its own variables.");

    public static Problem NoSecret(InstanceName instance, string name, IEnumerable<string> known) => new(
        ProblemKind.NotFound,
        "values.no-secret",
        $"'{instance}' has no secret '{name}'.",
        $"It has: {string.Join(", ", known.Distinct())}. See them with 'nua secret list {instance}'.");

    public static Problem NoSecrets(InstanceName instance) => new(
        ProblemKind.NotFound,
        "values.no-secrets",
        $"'{instance}' has no secret that could be made anew.",
        $"See what it has with 'nua secret list {instance}'.");

    public static Problem SeveralSecrets(string name, IEnumerable<VariableKey> which) => new(
        ProblemKind.Invalid,
        "values.several-secrets",
        $"'{name}' holds more than one secret, or several workloads have one of that name.",
        $"Name one, with --workload where it takes that: {string.Join(", ", which.Select(key => $"{key.Name} of {key.Workload}"))}.");

    public static Problem GivenSecret(InstanceName instance, string name) => new(
        ProblemKind.Conflict,
        "values.given-secret",
        $"The value of {name} was given by the operator; Nua does not make another.",
        $"Give it anew with 'nua env set {instance} {name}', which asks for the value.");

    public static Problem FixedSecret(string name, string workload) => new(
        ProblemKind.Conflict,
        "values.fixed-secret",
        $"The password {name} of '{workload}' cannot be changed while it runs.",
        "Change it in the server by its own means, and lead the app to it with 'nua env set'; or begin with a new volume.");

    public static Problem NotWhileRunning(VariableKey key) => new(
        ProblemKind.Conflict,
        "values.not-while-running",
        $"{key.Name} is changed in '{key.Workload}' while it runs, and something else of it would be other than it is, too.",
        $"Name the secrets to make anew one by one, {key.Name} first.");

    public static Problem AtRest(InstanceName instance) => new(
        ProblemKind.Conflict,
        "values.at-rest",
        $"'{instance}' is not to run, and other values are proven by running it.",
        $"Have it run first: 'nua start {instance}'.");
}
