using System.Runtime.CompilerServices;

namespace Nua.Cli.Commands;

/// <summary>A log another program appends to.</summary>
internal static class LogFile
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    public static IReadOnlyList<string> Tail(string file, int lines) =>
        File.Exists(file) ? [.. File.ReadLines(file).TakeLast(lines)] : [];

    /// <summary>The last lines, and then what is written, until cancelled.</summary>
    public static async IAsyncEnumerable<string> FollowAsync(
        string file, int lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var last = new Queue<string>();
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            last.Enqueue(line);
            if (last.Count > lines)
            {
                last.Dequeue();
            }
        }

        foreach (var line in last)
        {
            yield return line;
        }

        // The file grows in another process, and a file says nothing of that by itself.
        using var beat = new PeriodicTimer(Beat);
        while (await beat.WaitForNextTickAsync(cancellation))
        {
            while (await reader.ReadLineAsync(cancellation) is { } line)
            {
                yield return line;
            }
        }
    }
}
