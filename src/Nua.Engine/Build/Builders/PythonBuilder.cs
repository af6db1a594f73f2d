using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// Python applications: a source tree, wheels, or modules that need nothing but distribution packages. What pip installs
/// goes into a virtual environment that sees the distribution's packages too.
/// </summary>
internal sealed partial class PythonBuilder : IAppBuilder
{
    private static readonly string[] Programs = ["python", "python3", "gunicorn", "uvicorn", "flask", "waitress-serve", "hypercorn", "daphne"];

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["PYTHONFAULTHANDLER"] = "1",
        ["PYTHONUNBUFFERED"] = "1",
    };

    private static readonly Dictionary<string, string> VirtualEnvironment = new(Environment)
    {
        ["PATH"] = ImagePaths.SearchPath($"{ImagePaths.VirtualEnvironment}/bin"),
        ["VIRTUAL_ENV"] = ImagePaths.VirtualEnvironment,
    };

    public string Name => "python";

    public IReadOnlyList<string> Aliases => ["python3"];

    public bool SharesImage => true;

    public Recognition? Recognise(BuildInput input)
    {
        if (input.Detected(Languages.PythonSource) is { } source)
        {
            return new Recognition(source.Because, source.DecidingFiles);
        }

        return ByConfig(input) is { } because
            ? new Recognition(because, [])
            : ByFiles(input);
    }

    public AppLayers Layers(BuildInput input)
    {
        var (installs, python) = (PipInstalls.Of(input), BaseOf(input.Version));
        return new AppLayers
        {
            Base = python,
            Lenders = installs.NeedsStage ? PythonStages.Lenders(input, python) : new Dictionary<string, ImageRecipe>(),
            HasPython = true,
            Packages = Connectors.Python.For(input.Package),
            Environment = installs.NeedsStage ? VirtualEnvironment : Environment,
            Stages = text => PythonStages.Write(text, input, installs),
            CarryDependencies = text => CarryDependencies(text, input, installs),
            ForScript = PythonStages.LoanFor(input, installs),
            SourceStage = input.ByCommands ? input.Stage(BuildStage.Name) : null,
            Start = SuggestedStart.Of(input.Detected(Languages.PythonSource)),
            Texts = installs.Lock is null ? new Dictionary<string, string>() : new() { [PythonLock.ContextScript] = PythonLock.ScriptText() },
            Decisions = [installs.Explain(), .. Connectors.Python.Explain(input.Package)],
        };
    }

    // The distribution has one, and its packages for Python are made for that one.
    private static ImageRecipe BaseOf(string? version) => version switch
    {
        null or "3" => Recipes.Python,
        _ when OneOfThree.IsMatch(version) => Recipes.PythonOf(version),
        _ => throw new NuaException(BuildProblems.VersionUnavailable("python", version, Recipes.PythonVersions)),
    };

    private static void CarryDependencies(DockerfileText text, BuildInput input, PipInstalls installs)
    {
        if (installs.NeedsStage && !input.ByCommands)
        {
            text.Copy(
                ImagePaths.VirtualEnvironment,
                ImagePaths.VirtualEnvironment,
                from: input.Stage(BuildStage.Name),
                owner: input.StartsAsRoot ? "0:0" : null);
        }
    }

    private static string? ByConfig(BuildInput input)
    {
        if (input.Build.PipInstall.Count > 0)
        {
            return "[build] pip-install names Python packages";
        }

        if (Apt.NamesIn(input.Run.Packages).FirstOrDefault(name => name.StartsWith("python3", StringComparison.Ordinal)) is { } package)
        {
            return $"[run] packages names {package}";
        }

        if (input.BuildScript is { InstallsForPython: true } script)
        {
            return $"{script.Path} installs Python packages";
        }

        return input.BecauseItRuns(Programs);
    }

    // Any Python file says less than whatever else the files may tell, but for how it starts.
    private static Recognition? ByFiles(BuildInput input) => input.Detections.Where(known => known.Language != Languages.Procfile).ToList() switch
    {
        [{ Language: Languages.PythonWheels } wheels, ..] => new Recognition(wheels.Because, wheels.DecidingFiles),
        [] when input.Project.Files.FirstOrDefault(path => path.EndsWith(".py", StringComparison.Ordinal) && !path.Contains('/')) is { } file =>
            new Recognition($"{file} is Python", [file]),
        _ => null,
    };

    [GeneratedRegex(@"^3\.[0-9]{1,2}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneOfThree { get; }
}
