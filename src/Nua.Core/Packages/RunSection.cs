namespace Nua.Core.Packages;

/// <summary>The <c>[run]</c> section.</summary>
public sealed record RunSection
{
    /// <summary>Distribution packages kept in the image.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Commands run one after the other as user <c>nua</c> in the source folder; the last is the server.</summary>
    public IReadOnlyList<string> Start { get; init; } = [];

    /// <summary>Commands run before <see cref="Start"/>, at every start of the container.</summary>
    public IReadOnlyList<string> BeforeRun { get; init; } = [];

    /// <summary>Commands executed in the container after it started.</summary>
    public IReadOnlyList<string> PostRun { get; init; } = [];

    /// <summary>The container state that <see cref="PostRun"/> waits for.</summary>
    public string PostRunStatus
    {
        get => WrittenPostRunStatus ?? "running";
        init => WrittenPostRunStatus = value;
    }

    /// <summary>What the packager wrote, for the normal form.</summary>
    internal string? WrittenPostRunStatus { get; init; }
}
