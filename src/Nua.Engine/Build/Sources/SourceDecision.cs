using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Sources;

/// <summary>Says of a source that lies elsewhere what it is, where it goes, and what fixes its content.</summary>
internal static class SourceDecision
{
    public static IReadOnlyList<Decision> Explain(RemoteSource? remote) => remote is null
        ? []
        : [new Decision("source", $"{What(remote)} {remote.Url}, in {ImagePaths.Source}/{remote.Folder}", Why(remote))];

    /// <summary>What came of it.</summary>
    public static Decision ExplainRevision(RemoteSource remote, string revision) =>
        new("source content", revision, Fixed(remote) ?? "nothing fixes it, and that is what was found");

    private static string What(RemoteSource remote) => remote switch
    {
        RemoteSource.Git { Branch: { } branch } => $"'{branch}' of the repository",
        RemoteSource.Git => "the repository",
        _ => "the archive",
    };

    private static string Why(RemoteSource remote) => $"[build] {remote.Key} names it";

    private static string? Fixed(RemoteSource remote) => remote switch
    {
        RemoteSource.Archive { Checksum: not null } => "[build] src-checksum says so",
        RemoteSource.Git { Branch: { } branch } when RemoteSource.Git.IsCommit(branch) => "[build] git-branch names the commit",
        RemoteSource.Git { Branch: not null } => "[build] git-branch names it, and that is what it is now",
        _ => null,
    };
}
