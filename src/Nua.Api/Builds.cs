namespace Nua.Api;

/// <summary>A package's folder, as the server keeps it.</summary>
/// <param name="Digest">The hash of what was sent: <c>sha256:…</c>.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="SizeBytes">What they take together.</param>
public sealed record UploadView(string Digest, int Files, long SizeBytes);

/// <summary>Asks for a build.</summary>
/// <param name="Upload">The digest of the uploaded folder.</param>
/// <param name="NoCache">Whether to build although nothing changed.</param>
/// <param name="Config">The nua-config in the folder, when one was named; else the first that the look-up finds.</param>
public sealed record BuildBody(string Upload, bool NoCache = false, string? Config = null);

/// <summary>How an image would be built, and who decided what.</summary>
/// <param name="Reference">The name it would have.</param>
/// <param name="Builder"><c>python</c>, <c>node</c>, <c>static</c>, <c>dockerfile</c>, <c>wrap</c>, <c>plain</c>.</param>
/// <param name="Because">One clause: why this builder.</param>
/// <param name="DecidingFiles">The files that decided it, the weightiest first.</param>
/// <param name="Decisions">Everything else that was decided.</param>
/// <param name="Bases">The images it stands on, by the build argument that names each.</param>
/// <param name="Dockerfile">What the engine would be given.</param>
/// <param name="SubApplications">The same of its sub-applications, by name; <see langword="null"/> when it has none.</param>
/// <param name="Source">The source that lies elsewhere, if it does.</param>
public sealed record BuildPlanView(
    string Reference,
    string Builder,
    string Because,
    IReadOnlyList<string> DecidingFiles,
    IReadOnlyList<DecisionView> Decisions,
    IReadOnlyDictionary<string, string> Bases,
    string Dockerfile,
    IReadOnlyDictionary<string, BuildPlanView>? SubApplications = null,
    SourceView? Source = null);

/// <summary>A source that is not in the package's folder.</summary>
/// <param name="Kind"><c>archive</c> or <c>git</c>.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Folder">Its folder in the image, below <c>/nua/build</c>.</param>
/// <param name="Revision">What names the content that was fetched: <c>sha256:…</c>, or a commit.</param>
/// <param name="Checksum">The SHA-256 that the package asks for.</param>
/// <param name="Branch">The branch, tag or commit that the package asks for.</param>
public sealed record SourceView(
    string Kind, string Url, string Folder, string? Revision = null, string? Checksum = null, string? Branch = null);

/// <param name="About">What about: <c>base image</c>, <c>start</c>, <c>smoke test</c>.</param>
/// <param name="Choice">What was chosen.</param>
/// <param name="Because">One clause: who or what decided it.</param>
public sealed record DecisionView(string About, string Choice, string Because);

/// <summary>Asks for a deployment.</summary>
/// <param name="Image">The image to run; with a site, the site names it.</param>
/// <param name="Instance">What to call the instance; <see langword="null"/>: as the app is called.</param>
/// <param name="Domain">Where it answers; <see langword="null"/>: where it answered, or under the server's own suffix.</param>
/// <param name="Site">What the operator's sites file says of it.</param>
/// <param name="Replace">Whether it may take the place of another app of that name, whose data then goes.</param>
/// <param name="AcceptDataLoss">Whether data may go that no verified recovery point holds; this is written down.</param>
/// <param name="Share">Providers that are to live in shared servers, by their names; what is not said stays as it is.</param>
public sealed record DeployBody(
    string? Image = null,
    string? Instance = null,
    string? Domain = null,
    SiteBody? Site = null,
    bool Replace = false,
    bool AcceptDataLoss = false,
    IReadOnlyList<string>? Share = null);

/// <summary>One site of a sites file, as written: the server reads it.</summary>
/// <param name="File">The file's name, for messages.</param>
/// <param name="Text">The whole file.</param>
/// <param name="Index">Which of its sites, from 0.</param>
public sealed record SiteBody(string File, string Text, int Index);

/// <summary>What a build came to: the result of an operation of the kind <c>build</c>.</summary>
/// <param name="Reference">The name it is deployed by.</param>
/// <param name="ImageId">Its content address.</param>
/// <param name="Builder">What built it.</param>
/// <param name="SizeBytes">What it takes on disk, shared layers included.</param>
/// <param name="UpToDate">Nothing had changed since it was built, so nothing was built.</param>
/// <param name="SubApplications">The same of its sub-applications, by name; <see langword="null"/> when it has none.</param>
public sealed record BuiltView(
    string Reference,
    string ImageId,
    string Builder,
    long SizeBytes,
    bool UpToDate,
    IReadOnlyDictionary<string, BuiltView>? SubApplications = null);

/// <summary>What a deploy came to: the result of an operation of the kind <c>deploy</c>, <c>configure</c> or <c>rotate</c>.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Number">The deployment that serves now.</param>
/// <param name="Image">What it runs.</param>
/// <param name="Url">Where it answers; <see langword="null"/> when it has no web face.</param>
/// <param name="Changed">False when all was so already.</param>
/// <param name="Tests">The steps of its protocol that passed through the gateway.</param>
public sealed record DeployedView(
    string Instance, int Number, string Image, string? Url = null, bool Changed = true, IReadOnlyList<TestView>? Tests = null);

/// <param name="Name">The step of the test protocol.</param>
/// <param name="Passed">Whether it held.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record TestView(string Name, bool Passed, long Milliseconds);
