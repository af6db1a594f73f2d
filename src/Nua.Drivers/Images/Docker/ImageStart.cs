namespace Nua.Drivers.Images.Docker;

/// <summary>What an image runs by itself.</summary>
/// <param name="Command">Its entry point and its command.</param>
/// <param name="User">Who runs it, as the image writes it; <see langword="null"/>: root.</param>
internal sealed record ImageStart(IReadOnlyList<string> Command, string? User = null);
