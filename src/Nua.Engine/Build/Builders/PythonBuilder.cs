using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// Python applications: a source tree, wheels, or modules that need nothing but distribution packages. What pip installs
/// goes into a virtual environment that sees the distribution's packages too.
/// </summary>
internal sealed class PythonBuilder : IAppBuilder
{
    private static readonly string[] Programs = ["python", "python3", "gunicorn", "uvicorn", "flask", "waitress-serve", "hypercorn"];

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
        RefuseVersion(input.Version);
        var installs = PipInstalls.Of(input);
        var byCommands = input.Build.Commands.Count > 0;
        return new AppLayers
        {
            Base = Recipes.Python,
            Packages = Connectors.Python.For(input.Package),
            Environment = installs.NeedsStage ? VirtualEnvironment : Environment,
            Stages = text => PythonStages.Write(text, input, installs),
            CarryDependencies = text => CarryDependencies(text, input, installs),
            SourceStage = byCommands ? input.Stage(BuildStage.Name) : null,
            CarrySource = byCommands ? text => text.CarryHome(input) : null,
            Start = SuggestedStart.Of(input.Detected(Languages.PythonSource)),
            Decisions = [installs.Explain(), .. Connectors.Python.Explain(input.Package)],
        };
    }

    // The distribution has one, and its packages for Python are made for that one.
    private static void RefuseVersion(string? version)
    {
        if (version is not (null or "3"))
        {
            throw new NuaException(BuildProblems.VersionUnavailable("python", version, "3, which is the distribution's own"));
        }
    }

    private static void CarryDependencies(DockerfileText text, BuildInput input, PipInstalls installs)
    {
        if (installs.NeedsStage && input.Build.Commands.Count == 0)
        {
            text.Copy(ImagePaths.VirtualEnvironment, ImagePaths.VirtualEnvironment, from: input.Stage(BuildStage.Name));
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

        var program = input.Run.Start.Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(Programs.Contains);
        return program is null ? null : $"[run] start runs {program}";
    }

    // Any Python file says less than whatever else the files may tell.
    private static Recognition? ByFiles(BuildInput input) => input.Detections switch
    {
        [{ Language: Languages.PythonWheels } wheels, ..] => new Recognition(wheels.Because, wheels.DecidingFiles),
        [] when input.Project.Files.FirstOrDefault(path => path.EndsWith(".py", StringComparison.Ordinal) && !path.Contains('/')) is { } file =>
            new Recognition($"{file} is Python", [file]),
        _ => null,
    };
}
