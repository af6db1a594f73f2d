namespace Nua.Engine.Images.Mirrors;

/// <summary>A file that a step of a build is lent as a secret: it is in no layer, and changing it makes nothing be built again.</summary>
/// <param name="Id">The secret's.</param>
/// <param name="Source">The file on this machine.</param>
/// <param name="Target">Where the step finds it.</param>
public sealed record LentFile(string Id, string Source, string Target)
{
    /// <summary>What is written into it; <see langword="null"/>: it is there already.</summary>
    internal string? Text { get; init; }

    /// <summary>As an option of <c>RUN --mount</c>.</summary>
    public string Mount => $"type=secret,id={Id},target={Target},mode=0444";
}
