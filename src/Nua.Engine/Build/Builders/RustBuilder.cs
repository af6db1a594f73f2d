using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Rust packages: one program, and what of the source is not Rust.</summary>
internal sealed partial class RustBuilder : IAppBuilder
{
    private const string Lock = "Cargo.lock";

    private const string AskVersion = "rustc --version";

    // Cargo compares times to see what has changed, and a source that was laid anew has whatever times it had.
    private const string Renew = $"find {ImagePaths.Source} -type f -exec touch {{}} +";

    public string Name => "rust";

    public IReadOnlyList<string> Aliases => ["cargo"];

    public bool SharesImage => false;

    public Recognition? Recognise(BuildInput input) =>
        input.Detected(Languages.Rust) is { } package ? new Recognition(package.Because, package.DecidingFiles) : null;

    public AppLayers Layers(BuildInput input)
    {
        var asked = WantedVersion.AskedFor(input, Name, Release, "the distribution's own");
        if (input.ByCommands)
        {
            return CompiledStages.Layers(input, Name, RustRecipe.Tools, asked?.Check(AskVersion), compilation: null) with
            {
                Start = SuggestedStart.Of(input.Detected(Languages.Rust)),
            };
        }

        var manifest = CargoManifest.Read(input.Project.Files, input.Project.Read)
            ?? throw new NuaException(BuildProblems.NoProgram(Name, $"there is no {CargoManifest.File}"));
        var (program, wanted) = (ProgramOf(manifest), asked ?? WantedBy(manifest));
        return CompiledStages.Layers(input, Name, RustRecipe.Tools, wanted?.Check(AskVersion), CompilationOf(input, manifest, program)) with
        {
            Start = new SuggestedStart(PathOf(program), $"it is what {CargoManifest.File} makes"),
            Decisions = [.. WantedVersion.Explain(wanted), Explain(input, manifest)],
        };
    }

    private static Compilation CompilationOf(BuildInput input, CargoManifest manifest, string program)
    {
        var locked = IsLocked(input) ? " --locked" : "";
        return new Compilation
        {
            Manifests = [.. ((string[])[CargoManifest.File, Lock]).Where(input.Project.Has)],
            // Without a file to compile it would refuse the manifest.
            Fetch = manifest is { HasDependencies: true, FetchNeedsSource: false } && !IsVendored(input)
                ? $"mkdir src && touch src/main.rs src/lib.rs && cargo fetch{locked} && rm -r src"
                : null,
            Compile = $"{Renew}; cargo build --release{locked} --bin {program} && cp \"$CARGO_TARGET_DIR/release/{program}\" {ImagePaths.Programs}/",
            Program = PathOf(program),
            SourceFiles = $"-name '*.rs'{(IsVendored(input) ? $" -o {Compilation.Vendored(input)}" : "")}",
        };
    }

    private static WantedVersion? WantedBy(CargoManifest manifest) =>
        manifest.Rust is { } needed ? new WantedVersion("rust", needed, $"{CargoManifest.File} or rust-toolchain says so") : null;

    private static string ProgramOf(CargoManifest manifest) => manifest switch
    {
        { Programs: [var only] } => only,
        { Programs: [var first, ..] several } => throw new NuaException(BuildProblems.SeveralPrograms(
            "rust", several, $"cargo build --release --bin {first} && cp $CARGO_TARGET_DIR/release/{first} {ImagePaths.Programs}/")),
        { Name: null } => throw new NuaException(BuildProblems.WorkspaceOnly(CargoManifest.File)),
        _ => throw new NuaException(BuildProblems.NoProgram("rust", $"{CargoManifest.File} describes a library")),
    };

    private static string PathOf(string program) => $"{ImagePaths.Programs}/{program}";

    // Of a member of a workspace, the lock is beside the workspace's manifest.
    private static bool IsLocked(BuildInput input) => input.Project.Has(Lock) || input.Root.Has(Lock);

    private static bool IsVendored(BuildInput input) => input.Project.Has(".cargo/config.toml") && input.Project.HasFolder("vendor");

    private static Decision Explain(BuildInput input, CargoManifest manifest) => manifest switch
    {
        _ when IsVendored(input) => new Decision("crates", "those in vendor", ".cargo/config.toml is there, and the folder"),
        { HasDependencies: false } => new Decision("crates", "none", $"{CargoManifest.File} depends on none"),
        _ when IsLocked(input) => new Decision("crates", "as locked", $"{Lock} pins them"),
        _ => new Decision("crates", "the newest that fit", $"nothing pins them: add {Lock}"),
    };

    [GeneratedRegex(@"^[0-9]+\.[0-9]+(\.[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Release { get; }
}
