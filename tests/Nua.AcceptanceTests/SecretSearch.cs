using System.Text;

namespace Nua.AcceptanceTests;

/// <summary>Looks for secrets, as they are and in base64, wherever they might have come to lie.</summary>
internal sealed class SecretSearch(IEnumerable<string> secrets)
{
    private readonly IReadOnlyList<byte[]> _wanted =
    [
        .. secrets.Select(Encoding.UTF8.GetBytes).SelectMany(secret => new[] { secret, Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)) }),
    ];

    private readonly List<string> _found = [];

    /// <summary>Where one was found.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>How much was looked through.</summary>
    public long Bytes { get; private set; }

    public void Look(string where, string text) => Look(where, Encoding.UTF8.GetBytes(text));

    /// <summary>In every file below a folder, raw; sockets have nothing to read.</summary>
    public void LookInFiles(string folder, string except)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (var file in Directory.EnumerateFiles(folder, "*", all)
            .Where(file => !file.StartsWith(except + "/", StringComparison.Ordinal) && !file.EndsWith(".sock", StringComparison.Ordinal)))
        {
            LookIn(file, file);
        }
    }

    /// <summary>In one file, a piece at a time; pieces overlap by what may be cut in two.</summary>
    public void LookIn(string file, string where)
    {
        if (new FileInfo(file).LinkTarget is not null || IsLock(file))
        {
            return;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var overlap = _wanted.Max(one => one.Length);
        var buffer = new byte[16 << 20];
        var kept = 0;
        for (int read; (read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false)) > 0;)
        {
            var filled = kept + read;
            Look(where, buffer.AsSpan(0, filled));
            kept = Math.Min(overlap, filled);
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
        }
    }

    /// <summary>The command lines of all processes.</summary>
    public void LookAtProcesses()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit)))
        {
            try
            {
                Look($"{folder}/cmdline", File.ReadAllBytes($"{folder}/cmdline"));
            }
            catch (IOException)
            {
                // It has ended.
            }
        }
    }

    // Held by who uses it, and empty.
    private static bool IsLock(string file) => file.EndsWith("lock", StringComparison.Ordinal);

    private void Look(string where, ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        foreach (var one in _wanted)
        {
            if (bytes.IndexOf(one) >= 0)
            {
                _found.Add(where);
            }
        }
    }
}
