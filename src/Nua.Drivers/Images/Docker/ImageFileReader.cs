using System.Formats.Tar;
using Docker.DotNet.Models;
using Nua.Core.Problems;
using Nua.Drivers.Runtimes.Docker;

namespace Nua.Drivers.Images.Docker;

/// <summary>
/// Takes files out of images. The engine gives them only from containers: one is made of the image, never started, and removed.
/// </summary>
internal sealed class ImageFileReader(DockerEngine engine)
{
    /// <summary>Tells those containers from all others; no workload has it.</summary>
    private const string Label = "rocks.nua.reading";

    /// <summary>Reading one file takes seconds.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromMinutes(10);

    public async Task<byte[]?> ReadAsync(string reference, string path, long mostBytes, CancellationToken cancellation)
    {
        var container = await CreateAsync(reference, cancellation);
        try
        {
            return await ReadFromAsync(container, reference, path, mostBytes, cancellation);
        }
        finally
        {
            await RemoveAsync(container, CancellationToken.None);
        }
    }

    /// <summary>Removes what was made to be read from by a server that was killed.</summary>
    public async Task<IReadOnlyList<string>> RemoveLeftoversAsync(CancellationToken cancellation)
    {
        var request = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [Label] = true } },
        };
        var containers = await engine.AskAsync("list containers", client => client.Containers.ListContainersAsync(request, cancellation), cancellation);
        var old = containers.Where(container => TimeProvider.System.GetUtcNow().UtcDateTime - container.Created.ToUniversalTime() > LongestReading).ToList();
        foreach (var container in old)
        {
            await RemoveAsync(container.ID, cancellation);
        }

        return [.. old.Select(container => container.Names.FirstOrDefault(container.ID).TrimStart('/'))];
    }

    private async Task<string> CreateAsync(string reference, CancellationToken cancellation)
    {
        var request = new CreateContainerParameters
        {
            Image = reference,
            // Never run; but without one, an image that has none would be refused.
            Cmd = ["nothing"],
            NetworkDisabled = true,
            Labels = new Dictionary<string, string> { [Label] = reference },
        };
        var made = await engine.AskAsync(
            $"look into the image '{reference}'", client => client.Containers.CreateContainerAsync(request, cancellation), cancellation);
        return made.ID;
    }

    private async Task<byte[]?> ReadFromAsync(
        string container, string reference, string path, long mostBytes, CancellationToken cancellation)
    {
        try
        {
            return await engine.AskAsync(
                $"read '{path}' of the image '{reference}'",
                async client =>
                {
                    var archive = await client.Containers.GetArchiveFromContainerAsync(
                        container, new ContainerPathStatParameters { Path = path }, statOnly: false, cancellation);
                    await using var stream = archive.Stream;
                    return await ReadAsync(stream!, reference, path, mostBytes, cancellation);
                },
                cancellation);
        }
        catch (NuaException missing) when (missing.IsNotFound())
        {
            return null;
        }
    }

    /// <summary>The archive holds the file alone; a link or a folder in its place is none.</summary>
    private static async Task<byte[]?> ReadAsync(
        Stream archive, string reference, string path, long mostBytes, CancellationToken cancellation)
    {
        await using var tar = new TarReader(archive);
        if (await tar.GetNextEntryAsync(copyData: false, cancellation) is not { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile } file)
        {
            return null;
        }

        if (file.Length > mostBytes)
        {
            throw new NuaException(ImageProblems.FileTooLarge(reference, path, mostBytes));
        }

        // Exactly that many: asked for nothing more at the end, as copying does, the client's stream takes itself for broken.
        var content = new byte[file.Length];
        if (file.DataStream is { } data)
        {
            await data.ReadExactlyAsync(content, cancellation);
        }

        return content;
    }

    private async Task RemoveAsync(string container, CancellationToken cancellation)
    {
        try
        {
            // Volumes that the image declares are made with the container.
            var request = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
            await engine.AskAsync(
                $"remove '{container}'", client => client.Containers.RemoveContainerAsync(container, request, cancellation), cancellation);
        }
        catch (NuaException gone) when (gone.IsNotFound())
        {
            // Which is what was asked.
        }
    }
}
