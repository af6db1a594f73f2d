namespace Nua.Core.Detecting;

/// <summary>How a packager may write a builder's name.</summary>
public static class BuilderName
{
    /// <summary>Takes <c>Node20</c>, <c>node-20</c> and <c>node_20</c> apart; but <c>python3</c> is a name.</summary>
    /// <param name="written">What is written.</param>
    /// <param name="known">The names there are.</param>
    public static (string Name, string Version) Split(string written, IReadOnlyCollection<string> known)
    {
        var lower = written.Trim().ToLowerInvariant();
        if (known.Contains(lower))
        {
            return (lower, "");
        }

        var name = lower.TrimEnd("0123456789.".ToCharArray());
        return (name.TrimEnd('-', '_'), lower[name.Length..]);
    }
}
