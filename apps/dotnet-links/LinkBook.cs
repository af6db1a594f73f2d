using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Links;

/// <summary>
/// All links, in memory and in one file. Each change is a line at the end of the file, on the disk before it counts; what a crash
/// left of a last line is dropped when the file is read.
/// </summary>
internal sealed class LinkBook : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Link> _links = [];
    private readonly FileStream _file;

    private LinkBook(FileStream file) => _file = file;

    public static LinkBook Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var book = new LinkBook(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        book.Read();
        return book;
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _links.Count;
            }
        }
    }

    public IReadOnlyList<Link> Listed
    {
        get
        {
            lock (_gate)
            {
                return [.. _links.Values.Where(link => link.Listed).OrderBy(link => link.Name, StringComparer.Ordinal)];
            }
        }
    }

    public Link? Find(string name)
    {
        lock (_gate)
        {
            return _links.GetValueOrDefault(name);
        }
    }

    /// <returns>The key that removes it; <see langword="null"/>: the name is taken.</returns>
    public string? Add(string name, Uri target, bool listed)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        lock (_gate)
        {
            if (_links.ContainsKey(name))
            {
                return null;
            }

            var link = new Link(name, target, HashOf(key), listed);
            Append(new Change(link, null));
            _links.Add(name, link);
            return key;
        }
    }

    /// <returns>Whether it was there, and the key was its own.</returns>
    public bool Remove(string name, string key)
    {
        lock (_gate)
        {
            if (!_links.TryGetValue(name, out var link) || link.KeyHash != HashOf(key))
            {
                return false;
            }

            Append(new Change(null, name));
            return _links.Remove(name);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Append(Change change)
    {
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(change));
        _file.WriteByte((byte)'\n');
        _file.Flush(flushToDisk: true);
    }

    private void Read()
    {
        var content = new byte[_file.Length];
        _file.ReadExactly(content);
        var whole = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        foreach (var line in Encoding.UTF8.GetString(content, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Apply(JsonSerializer.Deserialize<Change>(line)!);
        }

        _file.SetLength(whole);
        _file.Seek(0, SeekOrigin.End);
    }

    private void Apply(Change change)
    {
        if (change.Added is { } link)
        {
            _links[link.Name] = link;
        }
        else
        {
            _links.Remove(change.Removed!);
        }
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private sealed record Change(Link? Added, string? Removed);
}
