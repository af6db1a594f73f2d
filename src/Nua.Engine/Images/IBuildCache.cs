namespace Nua.Engine.Images;

/// <summary>What a builder of images keeps between builds, so that the next one is quick.</summary>
/// <remarks>
/// It holds what others build, too. Removing what is gone already succeeds, and what a build uses right now stays.
/// Fails with a <see cref="Core.Problems.NuaException"/>: <c>runtime.unreachable</c>, <c>runtime.refused</c>.
/// </remarks>
public interface IBuildCache
{
    Task<IReadOnlyList<CachedPart>> ListAsync(CancellationToken cancellation);

    Task RemoveAsync(CachedPart part, CancellationToken cancellation);
}

/// <summary>One thing that is kept.</summary>
/// <param name="Id">The builder's name for it.</param>
/// <param name="SizeBytes">What it takes.</param>
/// <param name="IsDownloads">Whether it is downloads of builds of Nua's. Of anything else it cannot be told who built it.</param>
public sealed record CachedPart(string Id, long SizeBytes, bool IsDownloads);
