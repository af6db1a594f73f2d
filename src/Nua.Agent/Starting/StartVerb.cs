using System.Text.Json;
using Nua.Core.Problems;
using Nua.Core.Starting;

namespace Nua.Agent.Starting;

/// <summary><c>nua-agent start</c>: becomes the user, runs the commands, ends as the last of them ends.</summary>
internal static class StartVerb
{
    public static int Run(IReadOnlyList<string> line)
    {
        if (StartArguments.Parse(line) is not { } wish)
        {
            return Say.Trouble(Say.Usage, exitCode: 2);
        }

        try
        {
            return Run(wish);
        }
        catch (NuaException refusal)
        {
            return Say.Trouble($"{refusal.Problem.Message} {refusal.Problem.Hint}", AgentProblems.ExitCode);
        }
    }

    private static int Run(StartArguments wish)
    {
        Phase.Enter(Phase.Starting);
        var plan = LaunchPlan.For(wish, ReadStartFile(), Shell());
        var environment = new ProcessEnvironment();
        environment.Add(Secrets.Read());
        return new Supervisor(environment).Run(plan.Preparations, () => Become(plan, environment), plan.Launches);
    }

    private static void Become(LaunchPlan plan, ProcessEnvironment environment)
    {
        if (plan.User is { } user && Libc.EffectiveUser() == 0)
        {
            var account = Account.Find(user);
            account.TakeOverStreams();
            if (!plan.StaysRoot)
            {
                account.Become();
                environment.Add(account.Environment);
            }
        }

        Enter(plan.WorkingDirectory);
    }

    private static StartFile? ReadStartFile()
    {
        try
        {
            return File.Exists(StartFile.ImagePath) ? StartFile.Parse(File.ReadAllBytes(StartFile.ImagePath)) : null;
        }
        catch (JsonException broken)
        {
            throw new NuaException(AgentProblems.BrokenStartFile(), broken);
        }
    }

    private static string Shell() => File.Exists("/bin/bash") ? "/bin/bash" : "/bin/sh";

    private static void Enter(string? folder)
    {
        try
        {
            Directory.SetCurrentDirectory(folder ?? ".");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(AgentProblems.NoFolder(folder!), failure);
        }
    }
}
