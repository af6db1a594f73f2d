using Nua.Core.Problems;
using Nua.Core.Starting;

namespace Nua.Agent.Starting;

/// <summary>What is going to run, in order, as whom and where.</summary>
/// <param name="User">The app's user; <see langword="null"/>: whoever the agent runs as.</param>
/// <param name="WorkingDirectory">Where; <see langword="null"/>: where the agent stands.</param>
/// <param name="Launches">Each must succeed before the next; the last is the server.</param>
internal sealed record LaunchPlan(string? User, string? WorkingDirectory, IReadOnlyList<Launch> Launches)
{
    /// <summary>What runs before the agent becomes the app's user.</summary>
    public IReadOnlyList<Launch> Preparations { get; init; } = [];

    /// <summary>The agent stays who it is: the server changes users itself.</summary>
    public bool StaysRoot { get; init; }

    /// <summary>A program on the command line goes before what the image says.</summary>
    public static LaunchPlan For(StartArguments wish, StartFile? image, string shell)
    {
        var user = wish.User ?? image?.User;
        var folder = wish.WorkingDirectory ?? image?.WorkingDirectory;
        if (wish.Program.Count > 0)
        {
            return new LaunchPlan(user, folder, [new Launch(wish.Program[0], wish.Program)]);
        }

        // Without a server to follow, the lines that prepare for it have nothing to prepare.
        return image is { Start.Count: > 0 }
            ? OfImage(image with { User = user! }, folder, shell)
            : throw new NuaException(AgentProblems.NothingToStart());
    }

    private static LaunchPlan OfImage(StartFile image, string? folder, string shell)
    {
        var before = image.Before.Select(line => image.StartsAsRoot
            ? new Launch(line, [Itself, "start", "--user", image.User, "--", shell, "-c", line])
            : InShell(line, shell));
        return new LaunchPlan(image.User, folder, [.. before, .. image.Start.Select(line => InShell(line, shell))])
        {
            Preparations = [.. image.Prepare.Select(line => InShell(line, shell))],
            StaysRoot = image.StartsAsRoot,
        };
    }

    // By another one, a line can run as the app's user although this one stays root.
    private static string Itself => Environment.ProcessPath!;

    private static Launch InShell(string line, string shell) => new(line, [shell, "-c", line]);
}

/// <param name="Name">What messages call it: the shell line, or the program.</param>
/// <param name="Arguments">The program and its arguments.</param>
internal sealed record Launch(string Name, IReadOnlyList<string> Arguments);
