using Nua.Core;

namespace Nua.Engine.Images;

/// <summary>Builds OCI images from a Dockerfile and a context.</summary>
/// <remarks>
/// Fails with a <see cref="Core.Problems.NuaException"/>: <c>image.build-failed</c> (kind BuildFailed) with the last lines of the
/// log as details and the step, as <c>[stage n/m] instruction</c>, in the message; <c>runtime.unreachable</c>;
/// <c>runtime.disk-full</c>. A failed or cancelled build leaves no image.
/// </remarks>
public interface IImageBuilder
{
    /// <summary>Builds, and answers with the image; every line of the build's log goes to <paramref name="log"/>.</summary>
    Task<Image> BuildAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellation);
}

/// <summary>One image build.</summary>
public sealed record ImageBuild
{
    /// <summary>A folder on this machine.</summary>
    public required string Context { get; init; }

    /// <summary>The text of the Dockerfile; it need not be in the context.</summary>
    public required string Dockerfile { get; init; }

    public required string Tag { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>Files offered to <c>RUN --mount=type=secret,id=…</c>, by id: they never reach a layer.</summary>
    public IReadOnlyDictionary<string, string> SecretFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>What must be seen in no log: of what the steps say, it is left out.</summary>
    public IReadOnlyList<Secret> Hidden { get; init; } = [];

    /// <summary>Whether nothing of earlier builds may be used.</summary>
    public bool NoCache { get; init; }

    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);
}
