using Nua.Core.Problems;

namespace Nua.Agent;

/// <summary>Why an image could not be started. The reader sees it in the log of the container.</summary>
internal static class AgentProblems
{
    /// <summary>The code by which engines tell "could not even start" from the program's own codes.</summary>
    public const int ExitCode = 125;

    public static Problem NothingToStart() => new(
        ProblemKind.Invalid,
        "agent.nothing-to-start",
        "This image does not say what to start.",
        "Add '[run] start = \"…\"' to its nua-config and build it again, or give a program.");

    public static Problem BrokenStartFile() => new(
        ProblemKind.Invalid,
        "agent.broken-start-file",
        "/nua/metadata/start.json is not what a build of Nua writes.",
        "Build the image again.");

    public static Problem BrokenSecrets(string file) => new(
        ProblemKind.Invalid,
        "agent.broken-secrets",
        $"{file} is not a JSON object of names and texts.",
        "Deploy the instance again.");

    public static Problem UnreadableSecrets(string file, string why) => new(
        ProblemKind.Unavailable,
        "agent.unreadable-secrets",
        $"{file} cannot be read: {why}",
        "Let the container start as root: take 'user' out of [docker]; the agent becomes the image's own user.");

    public static Problem NoUser(string name) => new(
        ProblemKind.NotFound,
        "agent.no-user",
        $"The image's /etc/passwd has no user '{name}'.",
        "Create the user in the image, or start it with '--user' and one that is there.");

    public static Problem MayNotBecome(string name, string reason) => new(
        ProblemKind.Unavailable,
        "agent.may-not-become",
        $"The agent may not become user '{name}': {reason}.",
        "Leave the container the capabilities SETUID and SETGID, or start it as that user.");

    public static Problem NoFolder(string folder) => new(
        ProblemKind.NotFound,
        "agent.no-folder",
        $"The working directory '{folder}' is not there, or not open to the user.",
        "Create it in the image, or start it with '--workdir' and one that is there.");

    public static Problem NoActions(string python) => new(
        ProblemKind.NotFound,
        "agent.no-actions",
        $"The actions are written in Python, and this image has no {python} that knows them.",
        "Name 'nua-agent' in nua/build.sh or nua/start.sh, which brings them; or add \"python3\" to [run] packages.");
}
