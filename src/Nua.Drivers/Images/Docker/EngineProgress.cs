using Docker.DotNet.Models;

namespace Nua.Drivers.Images.Docker;

/// <summary>
/// What the engine tells while it works on an image. A failure comes as a message among the others, not as an error of the
/// call; so it is kept.
/// </summary>
internal sealed class EngineProgress(IProgress<string>? log) : IProgress<JSONMessage>
{
    public string? Error { get; private set; }

    public void Report(JSONMessage value)
    {
        Error ??= value.Error?.Message;
        // What has a progress bar is told many times a second.
        if (value.Status is { Length: > 0 } status && value.Progress?.Total is null or 0)
        {
            log?.Report(value.ID is { Length: > 0 } layer ? $"{layer}: {status}" : status);
        }
    }
}
