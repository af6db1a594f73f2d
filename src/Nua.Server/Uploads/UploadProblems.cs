using Nua.Core.Problems;
using Nua.Engine.Build.Sources;

namespace Nua.Server.Uploads;

/// <summary>The words of the room.</summary>
internal static class UploadProblems
{
    public static Problem Of(UnpackingException refused, UnpackingLimits limits) => refused.Fault switch
    {
        UnpackingFault.NoArchive => NotATar(refused.Message),
        UnpackingFault.TooLarge => TooLarge(limits),
        _ => BadEntry(refused.Entry, refused.Why),
    };

    public static Problem NotATar(string why) => new(
        ProblemKind.Invalid,
        "upload.not-a-tar",
        $"What was sent is no tar stream: {why}",
        "Send the folder with 'nua build', or as written by 'tar --create'.");

    public static Problem TooLarge(UnpackingLimits limits) => new(
        ProblemKind.Invalid,
        "upload.too-large",
        $"The folder has more than {limits.Entries} files or {limits.Bytes / 1_000_000} MB.",
        "Leave out with .dockerignore what the build does not need, or raise [build] max-upload in nua.toml.");

    public static Problem BadEntry(string name, string why) => new(
        ProblemKind.Invalid,
        "upload.bad-entry",
        $"'{name}' cannot be part of a package: {why}.",
        "A package has files, folders and links between them.");

    public static Problem NotKept(string why) => new(
        ProblemKind.Unavailable,
        "upload.not-kept",
        $"The folder could not be written down: {why}",
        "Make room on the disk; 'nua doctor' says how much there is.");

    public static Problem Unknown(string digest) => new(
        ProblemKind.NotFound,
        "upload.unknown",
        $"There is no upload '{digest}'.",
        "Send the folder first: PUT /v1/uploads.");
}
