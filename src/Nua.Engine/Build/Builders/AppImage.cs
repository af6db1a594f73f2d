using Nua.Core.Starting;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Build.Scripts;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// An image of our making, put together from what its builders bring. The first of them is the main one: it starts the app.
/// The others work before it, so that it finds in the source what they made.
/// </summary>
internal sealed class AppImage
{
    /// <summary>The stage with the programs of all builders, and the build argument that names its image.</summary>
    private const string AllStage = "all-builders";

    private const string AllArgument = "NUA_ALL";

    private const string PreparedStage = "before-build";

    private readonly BuildInput _input;
    private readonly IReadOnlyList<ChosenBuilder> _chosen;
    private readonly IAppBuilder _main;
    private readonly List<Helper> _helpers = [];
    private readonly AppLayers _layers;
    private readonly PackagerParts _parts;

    private AppImage(IReadOnlyList<ChosenBuilder> chosen, BuildInput input)
    {
        (_chosen, _main, Script) = (chosen, (IAppBuilder)chosen[0].Builder, input.BuildScript);
        // To builders, a script is a command: both take the place of all that is automatic.
        _input = Script is null ? input : input with
        {
            Package = input.Package with { Build = input.Build with { Commands = [Script.Path] } },
        };
        foreach (var one in chosen.Skip(1))
        {
            _helpers.Add(HelperOf((IAppBuilder)one.Builder, one.Version));
        }

        _layers = _main.Layers(_input with
        {
            Version = chosen[0].Version,
            SourceFrom = MadeBefore,
            CommandsFrom = CommandsNeedAll ? AllStage : null,
        });
        _parts = new PackagerParts(input, InImage.Any(part => part.HasPython));
    }

    /// <summary>The script that builds. It runs in the image itself, and there it has the programs of all builders.</summary>
    private Script? Script { get; }

    /// <summary>The commands run in the main builder's stage; what others have only there, or only to build, is not in it.</summary>
    private bool CommandsNeedAll => _input.ByCommands && Script is null && _helpers.Exists(helper => !helper.IsInImage || helper.Layers.Tools.Count > 0);

    /// <summary>Commands may have made anything anywhere under the home.</summary>
    private bool CarriesHome => _input.ByCommands && Script is null && _layers.CarrySource is null;

    /// <summary>Whether something is made of the source before any builder sees it.</summary>
    private bool IsPrepared => _input.Build.BeforeBuild.Count > 0 && (Script is not null || !_input.ByCommands);

    private IReadOnlyList<ScriptLoan> Loans => [.. InImage.Select(part => part.ForScript)];

    /// <summary>The stage in which others made something of the source before the main builder.</summary>
    private string? MadeBefore =>
        _helpers.Select(helper => helper.Layers.SourceStage).LastOrDefault(stage => stage is not null) ?? (IsPrepared ? PreparedStage : null);

    /// <summary>Those whose programs are in the image, the main one last.</summary>
    private IReadOnlyList<AppLayers> InImage => [.. _helpers.Where(helper => helper.IsInImage).Select(helper => helper.Layers), _layers];

    /// <summary>The images that stages stand on or copy from, beside that of the app.</summary>
    private IReadOnlyDictionary<string, ImageRecipe> StageImages => Merge<ImageRecipe>(Script is not null ? InImage.Select(part => part.Lenders) :
    [
        .. _helpers.Where(_ => !_input.ByCommands).SelectMany(helper => helper.Images),
        _layers.Tools,
        _layers.Lenders,
        CommandsNeedAll ? new Dictionary<string, ImageRecipe> { [AllArgument] = AllInOne() } : [],
    ]);

    public static BuildDesign Design(IReadOnlyList<ChosenBuilder> chosen, BuildInput input) => new AppImage(chosen, input).Design();

    private BuildDesign Design()
    {
        var procfile = ProcfileUse.Of(_input, _main);
        var suggestion = procfile.Start ?? _layers.Start;
        var start = StartDecision.For(_input, _main.Name, suggestion, procfile);
        return new BuildDesign
        {
            Dockerfile = ImageOf(start, procfile).ToDockerfile(),
            Bases = Merge([new Dictionary<string, ImageRecipe> { [LayeredImage.BaseArgument] = BaseOfAll() }, StageImages]),
            Packages = _input.PackageSources.Folder,
            Start = start,
            Port = _input.Run.Start.Count == 0 ? suggestion?.Port : null,
            Texts = Merge([.. InImage.Select(part => part.Texts), _parts.Texts]),
            Decisions =
            [
                .. _helpers.SelectMany(Explain),
                .. _layers.Decisions,
                .. _parts.Decisions,
                StartDecision.Explain(_input, start, suggestion),
                .. procfile.Decisions,
                SmokeTest.Explain(_input),
            ],
        };
    }

    private LayeredImage ImageOf(StartFile start, ProcfileUse procfile) => new()
    {
        Title = $"{_input.Package.Metadata.ImageReference}, builder {ChosenBuilder.NameOf(_chosen)}",
        Arguments = [.. StageImages.Keys],
        PackageSources = _input.PackageSources,
        Packages = [.. Apt.NamesIn(_input.Run.Packages), .. InImage.SelectMany(part => part.Packages), .. _parts.Packages],
        Checks = [.. InImage.Select(part => part.Check).OfType<string>()],
        Environment = Merge(InImage.Select(part => part.Environment).Append(procfile.Environment)),
        CarryTools = _parts.CarryPackage,
        Stages = WriteStages,
        CarryDependencies = text => InImage.ToList().ForEach(part => part.CarryDependencies(text)),
        CarrySource = text =>
        {
            CarrySource(text);
            _parts.CarryFiles(text);
        },
        VolumeTargets = VolumeFolders.Of(_input.Package),
        Folder = _input.Folder,
        Tests = SmokeTest.For(_input, start),
    };

    // The package's own commands take the place of all that is automatic, and they run once.
    private Helper HelperOf(IAppBuilder builder, string? version)
    {
        var isInImage = Script is not null || (_main.SharesImage && !builder.OnlyBuilds(_input));
        var layers = builder.Layers(_input with
        {
            Version = version,
            StagePrefix = $"{builder.Name}-",
            BaseStage = isInImage ? LayeredImage.BaseStageName : Helper.BaseStageOf(builder),
            SourceFrom = MadeBefore,
        });
        return new Helper(
            builder,
            _input.ByCommands ? layers with { Stages = _ => { }, CarryDependencies = _ => { }, SourceStage = null } : layers,
            isInImage);
    }

    private static IEnumerable<Decision> Explain(Helper helper) => helper.IsInImage
        ? helper.Layers.Decisions
        : helper.Layers.Decisions.Append(new Decision(helper.Builder.Name, "builds, and is not in the image", "nothing that runs there calls it"));

    private void CarrySource(DockerfileText text)
    {
        if (Script is not null)
        {
            _parts.RunScript(text, Script, Loans, MadeBefore);
        }
        else if (_layers.CarrySource is { } carry)
        {
            carry(text);
        }
        else if (CarriesHome)
        {
            text.CarryHome(_input);
        }
        else
        {
            text.CopySource(_layers.SourceStage ?? MadeBefore);
        }
    }

    private void WriteStages(DockerfileText text)
    {
        if (IsPrepared)
        {
            text.PrepareSource(_input, PreparedStage);
        }

        if (Script is not null)
        {
            Loans.ToList().ForEach(loan => loan.Stages(text));
            return;
        }

        foreach (var helper in _helpers.Where(_ => !_input.ByCommands))
        {
            if (!helper.IsInImage)
            {
                text.Base(helper.Argument, Helper.BaseStageOf(helper.Builder), helper.Layers.Packages).Check(helper.Layers.Check);
            }

            helper.Layers.Stages(text);
        }

        if (CommandsNeedAll)
        {
            text.Base(AllArgument, AllStage, []);
        }

        _layers.Stages(text);
    }

    private ImageRecipe BaseOfAll() => Script is not null ? AllInOne() : ImageRecipe.Combine([_layers.Base, .. InImage.SkipLast(1).Select(part => part.Base)]);

    private ImageRecipe AllInOne() => ImageRecipe.Combine(
    [
        .. _helpers.Select(helper => helper.Layers).Append(_layers).SelectMany(part => part.Tools.Values.Prepend(part.Base)),
    ]);

    private static Dictionary<string, T> Merge<T>(IEnumerable<IReadOnlyDictionary<string, T>> parts)
    {
        var merged = new Dictionary<string, T>();
        foreach (var (name, value) in parts.SelectMany(part => part))
        {
            merged[name] = value;
        }

        return merged;
    }

    /// <summary>A further builder, what it brings, and whether its programs are in the image too.</summary>
    private sealed record Helper(IAppBuilder Builder, AppLayers Layers, bool IsInImage)
    {
        /// <summary>The build argument that names its image, where it has one of its own.</summary>
        public string Argument => $"NUA_{Builder.Name.ToUpperInvariant()}";

        /// <summary>The images that its stages stand on.</summary>
        public IEnumerable<IReadOnlyDictionary<string, ImageRecipe>> Images =>
            IsInImage
                ? [Layers.Tools, Layers.Lenders]
                : [Layers.Tools, Layers.Lenders, new Dictionary<string, ImageRecipe> { [Argument] = Layers.Base }];

        public static string BaseStageOf(IAppBuilder builder) => $"{builder.Name}-base";
    }
}
