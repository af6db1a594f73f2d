namespace Nua.Agent.Starting;

/// <summary>What the command line of <c>nua-agent start</c> asks for.</summary>
/// <param name="User">Who is to run it; <see langword="null"/>: what the image says.</param>
/// <param name="WorkingDirectory">Where it is to run; <see langword="null"/>: what the image says.</param>
/// <param name="Program">A program and its arguments; empty: what the image says.</param>
internal sealed record StartArguments(string? User, string? WorkingDirectory, IReadOnlyList<string> Program)
{
    /// <summary>Answers <see langword="null"/> when the line makes no sense.</summary>
    public static StartArguments? Parse(IReadOnlyList<string> line)
    {
        string? user = null;
        string? folder = null;
        for (var at = 0; at < line.Count; at++)
        {
            switch (line[at])
            {
                case "--user" when at + 1 < line.Count:
                    user = line[++at];
                    break;
                case "--workdir" when at + 1 < line.Count:
                    folder = line[++at];
                    break;
                case "--":
                    return new StartArguments(user, folder, [.. line.Skip(at + 1)]);
                case var word when word.StartsWith('-'):
                    return null;
                default:
                    return new StartArguments(user, folder, [.. line.Skip(at)]);
            }
        }

        return new StartArguments(user, folder, []);
    }
}
