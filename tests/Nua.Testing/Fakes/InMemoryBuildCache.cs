using Nua.Engine.Images;

namespace Nua.Testing.Fakes;

/// <summary>What builds keep, in memory.</summary>
public sealed class InMemoryBuildCache : IBuildCache
{
    public IList<CachedPart> Parts { get; } = [];

    public Task<IReadOnlyList<CachedPart>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CachedPart>>([.. Parts]);

    public Task RemoveAsync(CachedPart part, CancellationToken cancellation)
    {
        Parts.Remove(part);
        return Task.CompletedTask;
    }
}
