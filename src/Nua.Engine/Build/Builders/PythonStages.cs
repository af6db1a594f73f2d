using Nua.Core.Packages;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>The build stage of a Python application: dependencies first, then the project, then the package's commands.</summary>
internal static class PythonStages
{
    private const string Argument = "NUA_PIP";

    private const string PipStage = "pip";

    // Without pip: it comes from an environment of its own, and does not become part of the image.
    private const string MakeEnvironment =
        "python3 -m venv --without-pip --system-site-packages " + ImagePaths.VirtualEnvironment;

    // Commands may make environments of their own.
    private static readonly string[] EnvironmentMaker = ["python3-venv"];

    /// <summary>
    /// The distribution's Python programs, such as gunicorn, know only the distribution's packages. Copies of them that
    /// begin with the virtual environment's interpreter know both.
    /// </summary>
    private const string AdoptPrograms =
        "for program in $(grep -lIE '^#! ?/usr/bin/python3' /usr/bin/* || true); do"
        + " sed '1s|.*|#!" + ImagePaths.VirtualEnvironment + "/bin/python3|' $program > " + ImagePaths.VirtualEnvironment + "/bin/${program##*/};"
        + " chmod +x " + ImagePaths.VirtualEnvironment + "/bin/${program##*/}; done";

    private static readonly KeyValuePair<string, string>[] PipEnvironment =
    [
        KeyValuePair.Create("PATH", ImagePaths.SearchPath($"{ImagePaths.VirtualEnvironment}/bin", $"{Recipes.PipFolder}/bin")),
        KeyValuePair.Create("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
        KeyValuePair.Create("PIP_PROGRESS_BAR", "off"),
        // Where it installs, whoever calls it and however.
        KeyValuePair.Create("PIP_PYTHON", $"{ImagePaths.VirtualEnvironment}/bin/python3"),
        KeyValuePair.Create("VIRTUAL_ENV", ImagePaths.VirtualEnvironment),
    ];

    /// <summary>The images that the stage copies from.</summary>
    /// <param name="input">What is built.</param>
    /// <param name="python">The image that the app runs on.</param>
    public static IReadOnlyDictionary<string, ImageRecipe> Lenders(BuildInput input, ImageRecipe python) => BorrowsPip(input)
        ? new Dictionary<string, ImageRecipe> { [Argument] = Recipes.PipOf(python) }
        : [];

    public static void Write(DockerfileText text, BuildInput input, PipInstalls installs)
    {
        if (installs.NeedsStage)
        {
            text.PrepareEnvironment(input, installs, [.. Apt.NamesIn(input.Build.Packages), .. input.ByCommands && BorrowsPip(input) ? EnvironmentMaker : []])
                .BuildProject(input, installs);
        }
    }

    /// <summary>Lends a script pip, and an environment in which it installs.</summary>
    public static ScriptLoan LoanFor(BuildInput input, PipInstalls installs) => new()
    {
        // Without anything to install there, nothing is compiled there.
        Stages = text => text.PrepareEnvironment(
            input, installs, installs.Dependencies.Count > 0 || installs.Lock is not null ? Apt.NamesIn(input.Build.Packages) : []),
        Carry = text => text.Copy(
            ImagePaths.VirtualEnvironment, ImagePaths.VirtualEnvironment, from: input.Stage(BuildStage.Name), owner: ImagePaths.Owner),
        Mounts = [$"type=bind,from={input.Stage(BuildStage.Name)},source={Recipes.PipFolder},target={ImagePaths.Lent}/pip"],
        Environment = PipEnvironment.ToDictionary(),
    };

    private static DockerfileText PrepareEnvironment(
        this DockerfileText text, BuildInput input, PipInstalls installs, IReadOnlyList<string> packages) => text
        .BeginWithPip(input)
        .As(ImagePaths.User)
        .Run(MakeEnvironment)
        .Run(AdoptPrograms)
        .As("root")
        .Ready(input, [.. installs.Backend ?? [], .. packages])
        .Env(PipEnvironment)
        .InstallDependencies(input, installs);

    // Of another image's Python, nobody made one before.
    private static DockerfileText BeginWithPip(this DockerfileText text, BuildInput input)
    {
        var (origin, stage) = (input.CommandsFrom ?? input.BaseStage, input.Stage(BuildStage.Name));
        return BorrowsPip(input)
            ? text.From($"${{{Argument}}}", input.Stage(PipStage))
                .From(origin, stage)
                .Copy(Recipes.PipFolder, Recipes.PipFolder, from: input.Stage(PipStage))
            : text.From(origin, stage).Run($"python3 -m venv {Recipes.PipFolder}");
    }

    private static bool BorrowsPip(BuildInput input) =>
        input.CommandsFrom is not null
        || input.BaseStage != LayeredImage.BaseStageName
        || input.Build is not { Method: BuildMethod.Build, BaseImage: not null };

    private static DockerfileText InstallDependencies(this DockerfileText text, BuildInput input, PipInstalls installs)
    {
        if (installs is { Dependencies.Count: 0, Lock: null })
        {
            return text;
        }

        if (installs.DependOnSource)
        {
            text.CopySource(input.SourceFrom);
        }
        else
        {
            CopyFiles(text, input, installs);
        }

        installs.Lock?.Install(text, $"{Recipes.PipFolder}/bin/python3", PipInstall(installs), input.DownloadMounts);
        return installs.Dependencies.Count == 0 ? text : text.Pip(input, installs, installs.Dependencies);
    }

    private static void CopyFiles(DockerfileText text, BuildInput input, PipInstalls installs)
    {
        if (installs.FromWheelsFolder)
        {
            text.Copy(input.InContext("wheels/"), "wheels/", owner: ImagePaths.Owner);
        }

        text.CopyFiles(input, installs.Files);
    }

    private static void BuildProject(this DockerfileText text, BuildInput input, PipInstalls installs)
    {
        if (!installs.Project && !input.ByCommands)
        {
            return;
        }

        text.CopySource(input.SourceFrom);
        if (installs.Project)
        {
            text.Pip(
                input,
                installs,
                [
                    .. installs.Lock is null ? [] : (string[])["--no-deps"],
                    .. installs.Backend is null ? [] : (string[])["--no-build-isolation"],
                    ".",
                ]);
        }

        text.RunCommands(input);
        if (input.StartsAsRoot)
        {
            text.As("root").Run($"chown -R 0:0 {ImagePaths.VirtualEnvironment}");
        }
    }

    private static DockerfileText Pip(this DockerfileText text, BuildInput input, PipInstalls installs, IReadOnlyList<string> what) =>
        text.Run($"{PipInstall(installs)} {ShellText.Join(what)}", input.DownloadMounts);

    private static string PipInstall(PipInstalls installs) =>
        installs.FromWheelsFolder ? "pip install --no-index --find-links wheels" : "pip install";
}
