namespace Nua.Engine.Build.Sources;

/// <summary>Folders of a server's own, each under a key: one is there whole or not at all, and survives a power cut.</summary>
/// <param name="root">Where they are.</param>
public sealed class FolderStore(string root)
{
    private const string Draft = "draft-";

    /// <summary>Makes something in an empty folder, which is removed whatever comes of it but for what was kept.</summary>
    /// <param name="make">Gets the folder.</param>
    public async Task<T> DraftAsync<T>(Func<string, Task<T>> make)
    {
        Directory.CreateDirectory(root);
        var draft = Directory.CreateDirectory(Path.Combine(root, Draft + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            return await make(draft);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    /// <summary>Keeps a folder, which is a draft or in one; one that is there under the key stays.</summary>
    public string Keep(string folder, string key)
    {
        Directory.CreateDirectory(root);
        DiskSync.Flush(root);
        if (Find(key) is null)
        {
            try
            {
                Directory.Move(folder, FolderOf(key));
            }
            catch (IOException) when (Directory.Exists(FolderOf(key)))
            {
                // Somebody else kept the same in the meantime.
            }
        }

        return FolderOf(key);
    }

    /// <summary>The folder under a key, which counts as used now; <see langword="null"/>: there is none.</summary>
    public string? Find(string key)
    {
        var folder = FolderOf(key);
        if (!Directory.Exists(folder))
        {
            return null;
        }

        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
        return folder;
    }

    /// <summary>Forgets what nobody used for that long, and what a crash left half done; answers how many folders went.</summary>
    public int Prune(DateTimeOffset unusedSince)
    {
        if (!Directory.Exists(root))
        {
            return 0;
        }

        var old = Directory.GetDirectories(root).Where(folder => Directory.GetLastWriteTimeUtc(folder) < unusedSince.UtcDateTime).ToList();
        old.ForEach(folder => Directory.Delete(folder, recursive: true));
        return old.Count;
    }

    /// <summary>Removes what was being made when a server was killed; answers with the folders that are gone.</summary>
    public IReadOnlyList<string> RemoveDrafts()
    {
        var drafts = Directory.Exists(root) ? Directory.GetDirectories(root, $"{Draft}*") : [];
        foreach (var draft in drafts)
        {
            Directory.Delete(draft, recursive: true);
        }

        return drafts;
    }

    private string FolderOf(string key) => Path.Combine(root, key);
}
