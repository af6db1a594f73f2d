using System.Text;

namespace Nua.AcceptanceTests;

/// <summary>Looks for secrets, as they are and in base64, wherever they might have come to lie.</summary>
/// <param name="secrets">What is looked for.</param>
/// <param name="control">Something that is no secret and does lie there: a search that does not find it is blind.</param>
internal sealed class SecretSearch(IEnumerable<string> secrets, string control)
{
    private readonly IReadOnlyList<byte[]> _wanted =
    [
        .. secrets.Select(Encoding.UTF8.GetBytes).SelectMany(secret => new[] { secret, Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)) }),
    ];

    private readonly byte[] _control = Encoding.UTF8.GetBytes(control);
    private readonly List<string> _found = [];
    private readonly List<string> _controlled = [];

    /// <summary>Where a secret was found.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>Where the control was found.</summary>
    public IReadOnlyList<string> Controlled => _controlled;

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
        foreach (var one in _wanted)
        {
            if (bytes.IndexOf(one) >= 0)
            {
                _found.Add(where);
            }
        }

        if (bytes.IndexOf(_control) >= 0)
        {
            _controlled.Add(where);
        }
    }
}
