using Nua.Core.Detecting;
using Nua.Core.Packages;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Build.Scripts;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images.Mirrors;

namespace Nua.Engine.Build.Builders;

/// <summary>What builders look at.</summary>
internal sealed record BuildInput
{
    public required Package Package { get; init; }

    /// <summary>The package's folder.</summary>
    public required SourceFolder Root { get; init; }

    /// <summary>The files of the project: the package's folder, or the folder below it that <c>[build] project</c> names.</summary>
    public required SourceFolder Project { get; init; }

    /// <summary>Where the project is below the package's folder; empty: it is the folder.</summary>
    public string ProjectPath { get; init; } = "";

    /// <summary>The version of the language that was asked for.</summary>
    public string? Version { get; init; }

    /// <summary>What the names of a builder's stages begin with, so that those of several do not meet.</summary>
    public string StagePrefix { get; init; } = "";

    /// <summary>The stage that a builder's own stages begin from: the image with the packages the app needs to run.</summary>
    public string BaseStage { get; init; } = LayeredImage.BaseStageName;

    /// <summary>The stage with the programs of all builders, in which the package's commands run; <see langword="null"/>: it is the builder's own.</summary>
    public string? CommandsFrom { get; init; }

    /// <summary>The stage in which another builder made something of the source; <see langword="null"/>: it is as it came.</summary>
    public string? SourceFrom { get; init; }

    /// <summary>Where steps get packages.</summary>
    public PackageSources PackageSources { get; init; } = PackageSources.Usual;

    /// <summary>What the project's files say it is, best first.</summary>
    public required IReadOnlyList<Detection> Detections { get; init; }

    /// <summary>What the package brings for Nua beside its nua-config.</summary>
    public PackagerFiles Brings => field ??= PackagerFiles.Of(Root);

    /// <summary>Whether the package's own commands build: they take the place of all that is automatic.</summary>
    public bool ByCommands => Build.Commands.Count > 0;

    /// <summary>The script that builds, unless commands do.</summary>
    public Script? BuildScript => !ByCommands ? Brings.Build : null;

    /// <summary>The script that starts, unless commands do.</summary>
    public Script? StartScript => Run.Start.Count == 0 ? Brings.Start : null;

    /// <summary>Whether a script of the package starts the app as root, so that nothing root runs may be the app's to change.</summary>
    public bool StartsAsRoot => StartScript is { IsPython: true };

    /// <summary>Whether the agent fills the templates; a Python script that starts the app does that itself.</summary>
    public bool AgentFillsTemplates => Brings.HasTemplates && !StartsAsRoot;

    /// <summary>How other platforms start it; <see langword="null"/>: there is none, or the nua-config says how.</summary>
    public Procfile? Procfile =>
        Run.Start.Count == 0 && StartScript is null && Project.Read(Procfile.FileName) is { } text ? Procfile.Parse(text) : null;

    public BuildSection Build => Package.Build;

    public RunSection Run => Package.Run;

    /// <summary>The project in the image: where commands run.</summary>
    public string Folder => RelativePath.Join(ImagePaths.Source, ProjectPath);

    /// <summary>The project in the build context.</summary>
    public string ContextFolder => RelativePath.Join(ImagePaths.ContextSource, ProjectPath);

    /// <summary>The name of a stage of the builder.</summary>
    public string Stage(string name) => StagePrefix + name;

    public Detection? Detected(string language) => Detections.FirstOrDefault(detection => detection.Language == language);

    /// <summary>A clause that names the program, when what the package says of its start runs one of these.</summary>
    public string? BecauseItRuns(IReadOnlyCollection<string> programs)
    {
        var (where, lines) = Procfile?.Web is { } web ? ("Procfile", [web]) : ("[run] start", Run.Start);
        var program = lines.Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(programs.Contains);
        return program is null ? null : $"{where} runs {program}";
    }

    /// <summary>All shell lines that run in the finished image, as far as the package says.</summary>
    public IEnumerable<string> RunLines =>
    [
        .. Run.BeforeRun, .. Run.Start, .. Run.PostRun, .. Build.Test,
        .. new[] { Procfile?.Web, Procfile?.Release, Package.HealthCheck?.Command }.OfType<string>(),
        .. Package.Tests.OfType<TestStep.Command>().Select(test => test.Line),
    ];

    /// <summary>A file of the project, in the package's folder.</summary>
    public string InRoot(string path) => RelativePath.Join(ProjectPath, path);

    /// <summary>A file of the project, in the build context.</summary>
    public string InContext(string path) => $"{ContextFolder}/{path}";

    /// <summary>
    /// What a step that downloads is lent. Downloads of one app are kept for its own next build: no app can slip something
    /// into another's.
    /// </summary>
    public IReadOnlyList<string> DownloadMounts =>
    [
        .. PackageSources.Mounts,
        $"type=cache,id=nua-{Package.Metadata.Id}-downloads,target={ImagePaths.Downloads},uid=1000,gid=1000",
    ];
}
