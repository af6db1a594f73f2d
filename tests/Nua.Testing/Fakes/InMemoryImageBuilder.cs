using System.Collections.Concurrent;
using Nua.Core.Problems;
using Nua.Engine.Images;

namespace Nua.Testing.Fakes;

/// <summary>Builds images that are nothing but their labels.</summary>
public sealed class InMemoryImageBuilder(InMemoryImages images) : IImageBuilder
{
    private readonly ConcurrentQueue<ImageBuild> _builds = [];

    /// <summary>What it was asked to build, in order.</summary>
    public IReadOnlyList<string> Built => [.. _builds.Select(build => build.Tag)];

    /// <summary>The name whose build fails.</summary>
    public string? Fails { get; set; }

    /// <summary>What happens before an image is there.</summary>
    public Func<ImageBuild, CancellationToken, Task> BeforeImageAsync { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<Image> BuildAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellation)
    {
        _builds.Enqueue(build);
        log.Report($"building {build.Tag}");
        if (build.Tag == Fails)
        {
            throw new NuaException(new Problem(ProblemKind.BuildFailed, "image.build-failed", $"'{build.Tag}': [x 1/1] RUN false", "Mend it."));
        }

        await BeforeImageAsync(build, cancellation);
        return images.Add(build.Tag, build.Labels);
    }
}
