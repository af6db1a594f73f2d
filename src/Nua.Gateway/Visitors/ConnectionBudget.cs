using System.Globalization;

namespace Nua.Gateway.Visitors;

/// <summary>How many visitors may be connected at once: each takes a file descriptor here, and one to the application.</summary>
internal static class ConnectionBudget
{
    /// <summary>For listeners, the control plane, certificates and the state.</summary>
    private const long Reserve = 64;

    private const int Least = 64;
    private const int Most = 100_000;

    private const string Limits = "/proc/self/limits";

    /// <param name="doors">The public addresses; each counts its own visitors.</param>
    public static int OfThisProcess(int doors) => For(FileLimit(File.Exists(Limits) ? File.ReadAllLines(Limits) : []), doors);

    /// <param name="files">How many files the process may have open; <see langword="null"/>: any number.</param>
    /// <param name="doors">The public addresses.</param>
    public static int For(long? files, int doors) =>
        (int)Math.Clamp(((files ?? long.MaxValue) - Reserve) / 2 / Math.Max(1, doors), Least, Most);

    /// <summary>Reads <c>Max open files  1024  524288  files</c>; the first number is the one that holds.</summary>
    public static long? FileLimit(IEnumerable<string> limits)
    {
        const string Name = "Max open files";
        var words = limits.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var soft, ..] && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
