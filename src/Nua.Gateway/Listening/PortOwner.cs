using System.Globalization;

namespace Nua.Gateway.Listening;

/// <summary>Finds out, as far as <c>/proc</c> lets this user see, which process listens on a port.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    private const int LocalAddressColumn = 1;
    private const int StateColumn = 3;
    private const int InodeColumn = 9;

    /// <summary>Such as <c>nginx (process 812)</c>; null when it cannot be known.</summary>
    public static string? Describe(int port)
    {
        try
        {
            var sockets = Inodes(port).Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
            return Directory.EnumerateDirectories("/proc")
                .Where(process => int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Where(process => HasOneOf(process, sockets))
                .Select(process => $"{File.ReadAllText(Path.Combine(process, "comm")).Trim()} (process {Path.GetFileName(process)})")
                .FirstOrDefault();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Inodes(int port)
    {
        var ending = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return
            from table in Tables
            where File.Exists(table)
            from line in File.ReadLines(table)
            let columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where columns.Length > InodeColumn
                && columns[StateColumn] == Listening
                && columns[LocalAddressColumn].EndsWith(ending, StringComparison.Ordinal)
            select columns[InodeColumn];
    }

    // Processes come and go while we look, and those of other users do not show their files.
    private static bool HasOneOf(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
