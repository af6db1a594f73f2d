using Nua.Engine.Build.Builders;
using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Scripts;

/// <summary>What a package's folder <c>nua</c> adds to an image: scripts and what they call, templates, folders.</summary>
/// <param name="input">The package.</param>
/// <param name="hasPython">A builder brings Python already.</param>
internal sealed class PackagerParts(BuildInput input, bool hasPython)
{
    private const string Runner = "build-script.sh";

    private const string ContextRunner = $"nua/{Runner}";

    private const string Python = "python3";

    private const string Jinja = "python3-jinja2";

    /// <summary>Something in the image calls the Python package when the app starts.</summary>
    private bool NeedsPythonToStart => input.AgentFillsTemplates || input.StartScript is { UsesActions: true };

    private bool HasPackage =>
        hasPython || NeedsPythonToStart || Apt.NamesIn(input.Run.Packages).Contains(Python);

    private bool CarriesTemplateEngine => input.AgentFillsTemplates || input.StartScript is { FillsTemplates: true };

    /// <summary>Distribution packages of the finished image.</summary>
    public IReadOnlyList<string> Packages =>
    [
        .. NeedsPythonToStart && !hasPython ? [Python] : (string[])[],
        .. CarriesTemplateEngine ? [Jinja] : (string[])[],
    ];

    /// <summary>Files for the build context, by path.</summary>
    public IReadOnlyDictionary<string, string> Texts
    {
        get
        {
            var texts = HasPackage || input.BuildScript is { UsesActions: true }
                ? new Dictionary<string, string>(PythonPackage.Texts)
                : [];
            if (input.BuildScript is not null)
            {
                texts[ContextRunner] = PythonPackage.TextOf(Runner);
            }

            if (input.AgentFillsTemplates)
            {
                texts[ImagePaths.ContextMetadata + TemplateData.File] = TemplateData.ToJson(input.Package);
            }

            return texts;
        }
    }

    public IEnumerable<Decision> Decisions
    {
        get
        {
            if (input.Brings.Build is { } script)
            {
                yield return input.BuildScript is null
                    ? new Decision("build script", $"{script.Path} is not run", "[build] build takes its place")
                    : new Decision("build script", script.Path, "it takes the place of all that is automatic");
            }

            if (input.Brings is { Folders: { Count: > 0 } folders })
            {
                yield return new Decision("folders", string.Join(' ', folders.Select(TargetOf)), "they are in the folder nua");
            }

            if (input.Brings is { LeftOut: { Count: > 0 } others })
            {
                yield return new Decision("left out", string.Join(' ', others.Select(name => $"nua/{name}")), "Nua has folders of that name");
            }
        }
    }

    /// <summary>Lays in the Python package, where there is a Python to stay.</summary>
    public void CarryPackage(DockerfileText text)
    {
        if (HasPackage)
        {
            text.Copy(PythonPackage.Context + "/", PythonPackage.Place + "/");
        }
    }

    /// <summary>
    /// Copies the source and runs the script on it: as root, in the image itself, since what it installs is meant to stay. All
    /// it is lent is mounted, so that it leaves one layer with nothing else in it.
    /// </summary>
    public void RunScript(DockerfileText text, Script script, IReadOnlyList<ScriptLoan> loans, string? sourceFrom)
    {
        foreach (var loan in loans)
        {
            loan.Carry(text);
        }

        text.CopySource(sourceFrom).Run(
            ShellText.Join(["env", .. EnvironmentOf(loans), "bash", $"{ImagePaths.Lent}/{Runner}", script.Path, .. PackagesFor(script)]),
            [.. MountsFor(script), .. loans.SelectMany(loan => loan.Mounts)]);
    }

    /// <summary>Lays in the folders, and the script that starts the app as root.</summary>
    public void CarryFiles(DockerfileText text)
    {
        foreach (var folder in input.Brings.Folders)
        {
            // Root fills templates, so nobody else changes them.
            var owner = folder == PackagerFiles.Templates ? null : ImagePaths.Owner;
            text.Copy($"{ImagePaths.ContextSource}/nua/{folder}/", TargetOf(folder) + "/", owner: owner);
        }

        if (input is { StartsAsRoot: true, StartScript: { } start })
        {
            text.Copy($"{ImagePaths.ContextSource}/{start.Path}", ImagePaths.StartScript);
        }
    }

    private static string TargetOf(string folder) => $"{ImagePaths.Home}/{folder}";

    private IEnumerable<string> EnvironmentOf(IReadOnlyList<ScriptLoan> loans) => input.PackageSources.Environment
        .Concat(loans.SelectMany(loan => loan.Environment))
        .Prepend(KeyValuePair.Create("npm_config_cache", $"{ImagePaths.Lent}/cache/npm"))
        .Prepend(KeyValuePair.Create("XDG_CACHE_HOME", $"{ImagePaths.Lent}/cache"))
        .Prepend(KeyValuePair.Create("HOME", ImagePaths.Home))
        .Concat(input.StartsAsRoot ? [KeyValuePair.Create("NUA_VENV_OWNER", "0")] : [])
        .Select(variable => $"{variable.Key}={variable.Value}");

    /// <summary>The packages that are there for as long as the script runs.</summary>
    private IEnumerable<string> PackagesFor(Script script) =>
    [
        .. script.UsesActions && !hasPython ? [Python] : (string[])[],
        .. script.FillsTemplates ? [Jinja] : (string[])[],
        .. Apt.NamesIn(input.Build.Packages),
    ];

    private string[] MountsFor(Script script)
    {
        var id = input.Package.Metadata.Id;
        string[] lent =
        [
            .. input.PackageSources.Mounts,
            // A place to mount something leaves an empty folder in the layer; all but this one are in memory.
            $"type=tmpfs,target={ImagePaths.Lent}",
            // Its own: root's downloads are no use to the app's user, nor may a script add to what other apps share.
            $"type=cache,id=nua-{id}-script-downloads,target={ImagePaths.Lent}/cache,mode=1777",
            $"type=cache,id=nua-{id}-script-archives,target=/var/cache/apt",
            $"type=bind,source={ContextRunner},target={ImagePaths.Lent}/{Runner}",
        ];
        return script.UsesActions && !HasPackage
            ? [.. lent, $"type=bind,source={PythonPackage.Context},target={ImagePaths.Lent}/python"]
            : lent;
    }
}
