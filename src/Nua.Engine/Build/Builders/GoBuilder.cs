using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Go modules: one static program, and what of the source is not Go.</summary>
internal sealed partial class GoBuilder : IAppBuilder
{
    private static readonly string[] CompilersOfC = ["build-essential", "clang", "g++", "gcc"];

    public string Name => "go";

    public IReadOnlyList<string> Aliases => ["golang"];

    public bool SharesImage => false;

    public Recognition? Recognise(BuildInput input) =>
        input.Detected(Languages.Go) is { } module ? new Recognition(module.Because, module.DecidingFiles) : null;

    public AppLayers Layers(BuildInput input)
    {
        WantedVersion.RefuseUnless(PackagedVersion, input.Version, Name, "the distribution's own, or one that it packages, such as 1.23");
        if (input.ByCommands)
        {
            return CompiledStages.Layers(input, Name, GoRecipe.For(input.Version), check: null, compilation: null) with
            {
                Start = SuggestedStart.Of(input.Detected(Languages.Go)),
            };
        }

        var module = GoModule.Read(input.Project.Files, input.Project.Read)
            ?? throw new NuaException(BuildProblems.NoProgram(Name, $"there is no {GoModule.File}"));
        var (program, wanted, usesC) = (ProgramOf(module), WantedBy(module), UsesC(input));
        return CompiledStages.Layers(input, Name, GoRecipe.For(input.Version), wanted?.Check("go version"), CompilationOf(input, module, program, usesC)) with
        {
            Start = new SuggestedStart(PathOf(program), $"it is what {program.Package} compiles to"),
            Decisions =
            [
                .. WantedVersion.Explain(wanted),
                Explain(module),
                new Decision("program", PathOf(program), usesC ? "linked with C, which the source or its packages ask for" : "static: nothing asks for C"),
            ],
        };
    }

    private static Compilation CompilationOf(
        BuildInput input, GoModule module, GoProgram program, bool usesC) => new()
        {
            Packages = usesC ? ["gcc", "libc6-dev"] : [],
            Manifests = [.. ((string[])[GoModule.File, "go.sum"]).Where(input.Project.Has)],
            Fetch = module is { Requires: true, RequiresLocal: false, IsVendored: false } ? "go mod download" : null,
            Compile = $"{(usesC ? "CGO_ENABLED=1 " : "")}go build -trimpath -ldflags='-s -w' -o {PathOf(program)} {program.Package}",
            Program = PathOf(program),
            SourceFiles = $"-name '*.go'{(module.IsVendored ? $" -o {Compilation.Vendored(input)}" : "")}",
        };

    private static WantedVersion? WantedBy(GoModule module) =>
        module.Go is { } version ? new WantedVersion("go", version, $"{GoModule.File} says so") : null;

    private static GoProgram ProgramOf(GoModule module) => module.Programs switch
    {
        [var only] => only,
        [] => throw new NuaException(BuildProblems.NoProgram("go", "neither the root nor a folder below cmd has a package main")),
        [var first, ..] several => throw new NuaException(BuildProblems.SeveralPrograms(
            "go", [.. several.Select(program => program.Package)], $"go build -o {PathOf(first)} {first.Package}")),
    };

    private static string PathOf(GoProgram program) => $"{ImagePaths.Programs}/{program.Name}";

    private static bool UsesC(BuildInput input) =>
        Apt.NamesIn(input.Build.Packages).Any(CompilersOfC.Contains)
        || input.Project.Files.Any(path => IsOwnSource(path) && ImportOfC.IsMatch(input.Project.Read(path) ?? ""));

    private static bool IsOwnSource(string path) =>
        path.EndsWith(".go", StringComparison.Ordinal)
        && !path.EndsWith("_test.go", StringComparison.Ordinal)
        && !path.StartsWith("vendor/", StringComparison.Ordinal);

    private static Decision Explain(GoModule module) => module switch
    {
        { IsVendored: true } => new Decision("modules", "those in vendor", "the folder is there"),
        { Requires: true } => new Decision("modules", "go mod download", $"{GoModule.File} requires them"),
        _ => new Decision("modules", "none", $"{GoModule.File} requires none"),
    };

    [GeneratedRegex(@"^1\.[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PackagedVersion { get; }

    [GeneratedRegex(@"^import[ \t]+""C""|^[ \t]+""C""[ \t]*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ImportOfC { get; }
}
