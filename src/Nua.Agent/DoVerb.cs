using Nua.Agent.Starting;

namespace Nua.Agent;

/// <summary><c>nua-agent do</c>: becomes the actions, which are the Python package's; there is no second writing of them.</summary>
internal static class DoVerb
{
    /// <summary>The distribution's own, wherever the search path leads: it is the one that the package is laid into.</summary>
    private const string Python = "/usr/bin/python3";

    private const string Actions = "/usr/lib/python3/dist-packages/nua/commands.py";

    public static unsafe int Run(IReadOnlyList<string> words)
    {
        if (File.Exists(Python) && File.Exists(Actions))
        {
            _ = Libc.Execute(Python, ChildProcess.NativeList([Python, "-I", "-m", "nua.commands", .. words]));
        }

        var problem = AgentProblems.NoActions(Python);
        return Say.Trouble($"{problem.Message} {problem.Hint}", AgentProblems.ExitCode);
    }
}
