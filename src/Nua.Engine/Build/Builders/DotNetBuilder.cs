using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>.NET applications, published with the runtime they need: the image has nothing of the SDK.</summary>
internal sealed partial class DotNetBuilder : IAppBuilder
{
    private const string PinFile = "global.json";

    public string Name => "dotnet";

    public IReadOnlyList<string> Aliases => ["csharp", ".net"];

    public bool SharesImage => false;

    public Recognition? Recognise(BuildInput input) =>
        input.Detected(Languages.DotNet) is { } program ? new Recognition(program.Because, program.DecidingFiles) : null;

    public AppLayers Layers(BuildInput input)
    {
        var project = input.ByCommands ? null : ProjectOf(input);
        var stages = new DotNetStages(input, project);
        var (version, because) = VersionOf(input);
        var (hasCultures, decision) = CulturesOf(input, project);
        var port = WebServer.PortOf(input.Package);
        return new AppLayers
        {
            Base = DotNetRecipe.Runtime(hasCultures),
            Tools = new Dictionary<string, ImageRecipe> { [DotNetStages.Argument] = DotNetRecipe.Sdk(version) },
            Environment = new Dictionary<string, string>
            {
                ["ASPNETCORE_HTTP_PORTS"] = $"{port}",
                ["DOTNET_RUNNING_IN_CONTAINER"] = "true",
            },
            Stages = stages.Write,
            SourceStage = input.Stage(BuildStage.Name),
            CarrySource = stages.CarrySource,
            Start = project is null
                ? null
                : new SuggestedStart($"./{project.Program}", $"it is what {project.Path} makes", project.IsWeb ? port : null),
            Decisions = [new Decision("SDK", version, because), stages.Explain(), decision],
        };
    }

    private static DotNetProject ProjectOf(BuildInput input)
    {
        var programs = DotNetProject.In(input.Project.Files, input.Project.Read).Where(project => project.IsProgram).ToList();
        return programs switch
        {
            [var only] => only,
            [] => throw new NuaException(BuildProblems.NothingToPublish()),
            _ => throw new NuaException(BuildProblems.SeveralProjects([.. programs.Select(program => program.Path)])),
        };
    }

    private static (string Version, string Because) VersionOf(BuildInput input) => input switch
    {
        { Version: { } asked } => (Known(asked), "the builder's version says so"),
        _ when Pin.Match(input.Root.Read(PinFile) ?? "") is { Success: true } pin => (Known(pin.Groups["version"].Value), $"{PinFile} says so"),
        _ => (DotNetRecipe.Default, "it builds for older ones, too"),
    };

    /// <summary><c>10</c> and <c>10.0</c> are the same release.</summary>
    private static string Known(string version) =>
        DotNetRecipe.Versions.FirstOrDefault(known => known == version || known == $"{version}.0")
        ?? throw new NuaException(BuildProblems.VersionUnavailable("dotnet", version, string.Join(", ", DotNetRecipe.Versions)));

    private static (bool Has, Decision Because) CulturesOf(BuildInput input, DotNetProject? project)
    {
        string[] places = ["Directory.Build.props", .. project is null ? [] : (string[])[input.InRoot(project.Path)]];
        var invariant = places.FirstOrDefault(path => Invariant.IsMatch(input.Root.Read(path) ?? ""));
        return invariant is null
            ? (true, new Decision("cultures", "all, with ICU", "nothing sets InvariantGlobalization"))
            : (false, new Decision("cultures", "the invariant one", $"{invariant} sets InvariantGlobalization"));
    }

    [GeneratedRegex(@"""version""\s*:\s*""(?<version>[0-9]+\.[0-9]+)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pin { get; }

    [GeneratedRegex(
        @"<InvariantGlobalization>true<|#:property\s+InvariantGlobalization=true",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Invariant { get; }
}
