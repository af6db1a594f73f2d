using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Java: a Maven project that makes an executable archive, or such an archive as it is.</summary>
internal sealed partial class JavaBuilder : IAppBuilder
{
    private const string Program = $"{ImagePaths.Programs}/app.jar";

    /// <summary>The properties by which a project says for which Java it is written, the decisive one first.</summary>
    private static readonly string[] VersionProperties =
        ["release", "maven.compiler.release", "maven.compiler.target", "maven.compiler.source", "java.version"];

    public string Name => "java";

    public IReadOnlyList<string> Aliases => ["maven", "openjdk"];

    public bool SharesImage => false;

    public Recognition? Recognise(BuildInput input) => input switch
    {
        _ when input.Detected(Languages.Java) is { } project => new Recognition(project.Because, project.DecidingFiles),
        // An archive beside something else may be anything's.
        { Detections: [{ Language: Languages.JavaArchive } archive, ..] } => new Recognition(archive.Because, archive.DecidingFiles),
        _ when input.BecauseItRuns(["java"]) is { } because => new Recognition(because, []),
        _ => null,
    };

    public AppLayers Layers(BuildInput input)
    {
        WantedVersion.RefuseUnless(Major, input.Version, Name, "the distribution's own, or one that it packages, such as 17 or 21");
        var byCommands = input.ByCommands;
        return (byCommands, input.Detected(Languages.Java)) switch
        {
            (false, null) => new AppLayers
            {
                Base = JavaRecipe.Runtime(input.Version),
                Start = SuggestedStart.Of(input.Detected(Languages.JavaArchive)),
            },
            (false, { } project) => Compiled(input, project),
            (true, var project) => CompiledStages.Layers(input, Name, JavaRecipe.Tools(input.Version), check: null, compilation: null) with
            {
                Base = JavaRecipe.Runtime(input.Version),
                Start = SuggestedStart.Of(project),
            },
        };
    }

    private AppLayers Compiled(BuildInput input, Detection project)
    {
        var wanted = WantedBy(input.Project.Read("pom.xml") ?? "");
        var compilation = new Compilation
        {
            // What Maven left where the packager works is not of this build.
            Compile = $"rm -rf target */target; mvn -B -q package -DskipTests && take-archive {Program}",
            Program = Program,
            SourceFiles = "-name '*.java' -o -path '*/target/*'",
        };
        return CompiledStages.Layers(input, Name, JavaRecipe.Tools(input.Version), wanted?.Check("javac --version"), compilation) with
        {
            Base = JavaRecipe.Runtime(input.Version),
            Start = SuggestedStart.Of(project),
            Decisions =
            [
                .. WantedVersion.Explain(wanted),
                new Decision("program", Program, "Maven makes an executable archive"),
            ],
        };
    }

    private static WantedVersion? WantedBy(string pom) => VersionProperties
        .Select(property => Property.Matches(pom).FirstOrDefault(match => match.Groups["name"].Value == property))
        .OfType<Match>()
        .Select(match => new WantedVersion("java", match.Groups["version"].Value, $"pom.xml has <{match.Groups["name"].Value}>"))
        .FirstOrDefault();

    [GeneratedRegex(@"^[0-9]{1,3}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Major { get; }

    // 1.8 is 8.
    [GeneratedRegex(@"<(?<name>[a-z.]{1,40})>\s{0,20}(1\.)?(?<version>[0-9]{1,3})\s{0,20}</", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Property { get; }
}
