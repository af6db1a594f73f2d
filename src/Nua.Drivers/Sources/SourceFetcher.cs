using System.Diagnostics;
using Nua.Core.Problems;
using Nua.Engine.Build.Sources;

namespace Nua.Drivers.Sources;

/// <summary>Fetches archives over HTTP and repositories with git, and keeps what it unpacked of them.</summary>
/// <param name="settings">What the operator decides.</param>
public sealed class SourceFetcher(SourceSettings settings) : ISourceFetcher
{
    private readonly FolderStore _trees = new(Path.Combine(settings.Folder, "trees"));
    private readonly KnownAddresses _addresses = new(Path.Combine(settings.Folder, "addresses"));

    /// <inheritdoc />
    public async Task<FetchedSource> FetchAsync(RemoteSource wanted, IProgress<string> log, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.TimeLimit);
        try
        {
            return await FetchAnyAsync(wanted, log, limit.Token);
        }
        catch (UnpackingException refused)
        {
            throw new NuaException(SourceProblems.Of(wanted, refused), refused);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(SourceProblems.NotKept(settings.Folder, failure.Message), failure);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new NuaException(SourceProblems.TookTooLong(wanted, settings.TimeLimit), late);
        }
    }

    /// <inheritdoc />
    public int Prune(DateTimeOffset unusedSince)
    {
        _addresses.Prune(unusedSince);
        return _trees.Prune(unusedSince);
    }

    private async Task<FetchedSource> FetchAnyAsync(RemoteSource wanted, IProgress<string> log, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.Scratch);
        var work = Directory.CreateDirectory(Path.Combine(settings.Scratch, $"source-{Guid.NewGuid():N}")).FullName;
        try
        {
            return wanted switch
            {
                RemoteSource.Archive archive =>
                    await new ArchiveFetch(archive, settings, _trees, _addresses, log).RunAsync(work, cancellation),
                RemoteSource.Git git => await new GitFetch(git, settings, _trees, log).RunAsync(work, cancellation),
                _ => throw new UnreachableException(),
            };
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
