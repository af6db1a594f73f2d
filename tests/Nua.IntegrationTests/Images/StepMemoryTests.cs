using Nua.Core.Problems;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Images;

/// <summary>Alone, for a bound holds for all that an engine builds.</summary>
[CollectionDefinition(nameof(StepMemoryTests), DisableParallelization = true)]
[Collection(nameof(StepMemoryTests))]
public sealed class StepMemoryTests : IDisposable
{
    private const long Most = 200_000_000;

    private readonly DirectoryInfo _context = Directory.CreateTempSubdirectory("nua-test-");

    public void Dispose() => _context.Delete(recursive: true);

    [Fact]
    public async Task A_step_that_takes_more_memory_than_builds_may_have_is_killed_and_it_says_so()
    {
        var tag = $"nua-test/built:{Guid.NewGuid():N}";
        // What the shell reads into a variable is in its memory.
        var build = new ImageBuild
        {
            Context = _context.FullName,
            Dockerfile = $"FROM {TinyImage.Name}\nRUN echo {tag}; text=$(dd if=/dev/zero bs=1M count=600 2>/dev/null | tr '\\0' x); echo ${{#text}}\n",
            Tag = tag,
        };
        using var builder = new DockerImageBuilder(DockerCommand.Socket, limits: new BuildLimits(AtOnce: 1, Most));
        try
        {
            var failure = await Assert.ThrowsAsync<NuaException>(() => builder.BuildAsync(build, new LineLog(), TestContext.Current.CancellationToken));

            Assert.Equal("image.build-killed", failure.Problem.Code);
        }
        finally
        {
            // The bound holds for every build of the engine, until another is set.
            Assert.Null(new StepMemory().Bound(new BuildLimits(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes).MemoryBytes!.Value, "cgroupfs"));
        }
    }
}
