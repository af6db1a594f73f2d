using Nua.Core.Problems;
using Nua.Core.Starting;

namespace Nua.Agent.Starting;

/// <summary>What is going to run, in order, as whom and where.</summary>
/// <param name="User">Who runs it; <see langword="null"/>: whoever the agent runs as.</param>
/// <param name="WorkingDirectory">Where; <see langword="null"/>: where the agent stands.</param>
/// <param name="Launches">Each must succeed before the next; the last is the server.</param>
internal sealed record LaunchPlan(string? User, string? WorkingDirectory, IReadOnlyList<Launch> Launches)
{
    /// <summary>A program on the command line goes before what the image says.</summary>
    public static LaunchPlan For(StartArguments wish, StartFile? image, string shell)
    {
        var launches = wish.Program.Count > 0
            ? [new Launch(wish.Program[0], wish.Program)]
            : LinesOf(image).Select(line => new Launch(line, [shell, "-c", line])).ToList();

        return launches.Count == 0
            ? throw new NuaException(AgentProblems.NothingToStart())
            : new LaunchPlan(wish.User ?? image?.User, wish.WorkingDirectory ?? image?.WorkingDirectory, launches);
    }

    // Without a server to follow, the lines that prepare for it have nothing to prepare.
    private static IEnumerable<string> LinesOf(StartFile? image) =>
        image is { Start.Count: > 0 } ? image.Before.Concat(image.Start) : [];
}

/// <param name="Name">What messages call it: the shell line, or the program.</param>
/// <param name="Arguments">The program and its arguments.</param>
internal sealed record Launch(string Name, IReadOnlyList<string> Arguments);
