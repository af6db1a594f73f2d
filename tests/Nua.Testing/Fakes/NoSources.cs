using Nua.Engine.Build.Sources;

namespace Nua.Testing.Fakes;

/// <summary>For packages that are their own source: nothing is ever fetched.</summary>
public sealed class NoSources : ISourceFetcher
{
    public Task<FetchedSource> FetchAsync(RemoteSource wanted, IProgress<string> log, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{wanted.Url} is not to be fetched.");

    public int Prune(DateTimeOffset unusedSince) => 0;
}
