using Nua.Core.Problems;

namespace Nua.Engine.Build;

/// <summary>All wording of the room.</summary>
internal static class BuildProblems
{
    public static Problem NoFolder(string folder) => new(
        ProblemKind.NotFound,
        "build.no-folder",
        $"There is no folder '{folder}'.",
        "Give the folder that holds the nua-config.");

    public static Problem Unreadable(string path, string reason) => new(
        ProblemKind.Invalid,
        "build.unreadable",
        $"'{path}' cannot be read: {reason}",
        "Let the user that Nua runs as read it, or leave it out of the image with a line in .dockerignore.");

    public static Problem CannotPrepare(string folder, string reason) => new(
        ProblemKind.Unavailable,
        "build.cannot-prepare",
        $"The build cannot be prepared in '{folder}': {reason}",
        "Make room on that disk, or let the user that Nua runs as write there.");

    public static Problem NothingRecognised(string builders) => new(
        ProblemKind.Invalid,
        "build.nothing-recognised",
        "Nothing in the folder tells how to build it, and the nua-config does not say.",
        $"Set [build] builder to one of {builders}; or give [build] build, [run] packages or [run] start; or add a Dockerfile.");

    public static Problem NothingToStart(string builder) => new(
        ProblemKind.Invalid,
        "build.nothing-to-start",
        $"Nothing says how to start the application, and the {builder} builder found nothing that suggests it.",
        "Add start = \"…\" under [run].");

    public static Problem UnknownBuilder(string name, string builders) => new(
        ProblemKind.Invalid,
        "build.unknown-builder",
        $"There is no builder '{name}'.",
        $"Set [build] builder to one of {builders}, or leave it out and let Nua decide.");

    public static Problem StandsAlone(string name) => new(
        ProblemKind.Invalid,
        "build.stands-alone",
        $"[build] builders lists '{name}', which makes an image by itself and shares none.",
        $"Set [build] builder = \"{name}\", or list languages only.");

    public static Problem BuilderTwice(string name) => new(
        ProblemKind.Invalid,
        "build.builder-twice",
        $"[build] builders lists '{name}' more than once.",
        "List each builder once, the one that starts the application first.");

    public static Problem VersionUnavailable(string builder, string version, string available) => new(
        ProblemKind.Invalid,
        "build.version-unavailable",
        $"The {builder} builder has no version '{version}'.",
        $"It has: {available}. Set [build] builder = {{ name = \"{builder}\", version = \"…\" }} to one of them, or leave the version out.");

    public static Problem NothingToPublish() => new(
        ProblemKind.Invalid,
        "build.nothing-to-publish",
        "The dotnet builder found no project that makes a program: none is of the web or worker SDK, or has <OutputType>Exe</OutputType>.",
        "Set [build] project to the folder of the project, or say in [build] build how to publish it and in [run] start what runs.");

    public static Problem SeveralProjects(IReadOnlyList<string> projects) => new(
        ProblemKind.Invalid,
        "build.several-projects",
        $"Several .NET projects make programs, and nothing says which is the app: {string.Join(", ", projects)}.",
        $"Set [build] project to the folder of one, such as project = \"{Path.GetDirectoryName(projects[0])}\".");

    public static Problem SourceUnsupported(string key) => new(
        ProblemKind.Invalid,
        "build.source-unsupported",
        $"[build] {key} asks for a source that is not on this machine; this version of Nua builds from local folders only.",
        $"Fetch the source into the package's folder and remove {key}.");

    public static Problem PartUnsupported(string path, string instead) => new(
        ProblemKind.Invalid,
        "build.part-unsupported",
        $"The package brings '{path}', which this version of Nua does not act on.",
        instead);

    public static Problem NothingToWrap() => new(
        ProblemKind.Invalid,
        "build.nothing-to-wrap",
        "[build] method is \"wrap\", but no base-image says what to wrap.",
        "Add base-image = \"name:tag\" under [build].");

    public static Problem NoDockerfile() => new(
        ProblemKind.NotFound,
        "build.no-dockerfile",
        "[build] builder is \"dockerfile\", but there is neither nua/Dockerfile nor, without a nua folder, Dockerfile.",
        "Add nua/Dockerfile, or leave the builder out and let Nua decide.");

    public static Problem BrokenDockerfile(string path) => new(
        ProblemKind.Invalid,
        "build.broken-dockerfile",
        $"'{path}' has no FROM line.",
        "Begin it with FROM and the image it stands on.");

    public static Problem ReservedCache(string path) => new(
        ProblemKind.Invalid,
        "build.reserved-cache",
        $"'{path}' mounts a cache under a name that other builds may use: one with 'nua-' or a variable in its id.",
        "Give the cache an id of the package's own, without a variable, or leave the id out.");

    public static Problem NoProject(string project) => new(
        ProblemKind.NotFound,
        "build.no-project",
        $"[build] project names '{project}', which is not a folder of the package.",
        "Give a folder relative to the package, without '..'.");

    public static Problem NoDocumentRoot(string folder) => new(
        ProblemKind.NotFound,
        "build.no-document-root",
        $"There is no folder '{folder}' to serve, and no command that would make it.",
        "Set [build] document-root to the folder that holds index.html, or index.php.");

    public static Problem BadReference(string reference) => new(
        ProblemKind.Invalid,
        "build.bad-reference",
        $"'{reference}' cannot be the name of an image.",
        "Make [metadata] id of lower-case letters, digits, '-', '_' and '.'; and version of letters, digits, '.', '-' and '_'.");

    public static Problem NoMatch(string pattern) => new(
        ProblemKind.NotFound,
        "build.no-match",
        $"[build] pip-install names '{pattern}', which matches no file of the package.",
        "Put the file into the package's folder, or take a line in .dockerignore away that leaves it out.");

    public static Problem BadPackageName(string name) => new(
        ProblemKind.Invalid,
        "build.bad-package-name",
        $"'{name}' cannot be the name of a distribution package.",
        "Names are of lower-case letters, digits and '+', '-', '.'; a version may follow as name=1.2.");

    public static Problem PackageMissing(string what, string name, IReadOnlyList<string> log) => new(
        ProblemKind.BuildFailed,
        "build.package-missing",
        $"There is no {what} '{name}'.",
        what == DistributionPackage
            ? $"Look for its name with 'apt-cache search {name}', then mend 'packages' in the nua-config."
            : "Mend its name or version where the package asks for it, or check that this machine reaches the place it comes from.",
        log);

    public const string DistributionPackage = "distribution package";

    public static Problem TestFailed(string reference, string test, IReadOnlyList<string> log) => new(
        ProblemKind.BuildFailed,
        "build.test-failed",
        $"A smoke test failed in the finished image of {reference}, so there is no image: {test}",
        "Mend what the last lines show; tests are in [build] test.",
        log);

    public static Problem CommandFailed(string reference, string command, IReadOnlyList<string> log) => new(
        ProblemKind.BuildFailed,
        "build.command-failed",
        $"A command failed while {reference} was built, so there is no image: {command}",
        "Mend what the last lines show, and build again.",
        log);
}
