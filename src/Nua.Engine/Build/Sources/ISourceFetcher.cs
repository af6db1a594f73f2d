using Nua.Core.Problems;

namespace Nua.Engine.Build.Sources;

/// <summary>Has the sources of packages that lie elsewhere.</summary>
/// <remarks>
/// A source is there whole or not at all, and nothing in it leads outside of its folder. What is known to be the same is not
/// fetched again. It fails only with a <see cref="NuaException"/> whose code starts with <c>build.</c>.
/// </remarks>
public interface ISourceFetcher
{
    /// <summary>Has a source on this machine.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="log">Told what is done.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<FetchedSource> FetchAsync(RemoteSource wanted, IProgress<string> log, CancellationToken cancellation);

    /// <summary>Forgets the sources that nobody used for that long; answers how many.</summary>
    int Prune(DateTimeOffset unusedSince);
}

/// <summary>A source that was fetched.</summary>
/// <param name="Folder">Where it is; nobody changes anything in there.</param>
/// <param name="Revision">What names its content: the SHA-256 of the archive, or the commit.</param>
public sealed record FetchedSource(string Folder, string Revision);
