namespace Nua.AcceptanceTests;

/// <summary>A copy of a sample under an id of its own, to be changed at will.</summary>
internal sealed class AppCopy : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-app-");

    public AppCopy(string sample)
    {
        Id = $"{sample}-{Guid.NewGuid().ToString("N")[..6]}";
        foreach (var file in Directory.GetFiles(Repository.App(sample), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Repository.App(sample), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Change("nua-config.toml", $"id = \"{sample}\"", $"id = \"{Id}\"");
    }

    private AppCopy(string id, string config)
    {
        Id = id;
        File.WriteAllText(Path.Combine(Folder, "nua-config.toml"), config);
    }

    /// <summary>The id of the app in this copy.</summary>
    public string Id { get; }

    public string Folder => _folder.FullName;

    /// <summary>An app that is nothing but its nua-config; <c>ID</c> in the text becomes its id.</summary>
    public static AppCopy Of(string config)
    {
        var id = $"probe-{Guid.NewGuid().ToString("N")[..6]}";
        return new AppCopy(id, config.Replace("ID", id));
    }

    public void Append(string file, string text) => File.AppendAllText(Path.Combine(Folder, file), text);

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    /// <summary>Replaces a text that must be there.</summary>
    public void Change(string file, string before, string after)
    {
        var path = Path.Combine(Folder, file);
        var text = File.ReadAllText(path);
        if (!text.Contains(before))
        {
            throw new InvalidOperationException($"{file} does not hold '{before}'.");
        }

        File.WriteAllText(path, text.Replace(before, after));
    }

    /// <summary>Removes the copy, and every image that was built from it.</summary>
    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        foreach (var image in await ImagesAsync())
        {
            await Command.DockerAsync(CancellationToken.None, "image", "rm", "--force", image);
        }
    }

    /// <summary>The images built from it and from its sub-applications, by name.</summary>
    public async Task<IReadOnlyList<string>> ImagesAsync()
    {
        var listed = await Command.DockerAsync(
            CancellationToken.None,
            "image",
            "ls",
            "--format",
            "{{.Repository}}:{{.Tag}}",
            "--filter",
            $"reference=nua-{Id}",
            "--filter",
            $"reference=nua-{Id}__*");
        return listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
