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
            SourceFrom = MadeByHelpers,
            CommandsFrom = CommandsNeedAll ? AllStage : null,
        });
        _parts = new PackagerParts(input, InImage.Any(part => part.HasPython));
    }

    /// <summary>The script that builds.</summary>
    private Script? Script { get; }

    /// <summary>A script runs in the image itself, and there it has the programs of all builders.</summary>
    private bool SharesImage => _main.SharesImage || Script is not null;

    private bool HasCommands => _input.Build.Commands.Count > 0;

    /// <summary>The commands run in the main builder's stage, in which the others' programs are only when they share its image.</summary>
    private bool CommandsNeedAll => _helpers.Count > 0 && HasCommands && !SharesImage;

    private IReadOnlyList<ScriptLoan> Loans => [.. InImage.Select(part => part.ForScript)];

    private string? MadeByHelpers => _helpers.Select(helper => helper.Layers.SourceStage).LastOrDefault(stage => stage is not null);

    /// <summary>Those whose programs are in the image, the main one last.</summary>
    private IReadOnlyList<AppLayers> InImage => [.. SharesImage ? _helpers.Select(helper => helper.Layers) : [], _layers];

    private IReadOnlyDictionary<string, ImageRecipe> Tools => Merge<ImageRecipe>(Script is not null ? [] :
    [
        .. _helpers.Select(helper => helper.Layers.Tools),
        _layers.Tools,
        SharesImage || HasCommands ? [] : _helpers.ToDictionary(helper => helper.Argument, helper => helper.Layers.Base),
        CommandsNeedAll ? new Dictionary<string, ImageRecipe> { [AllArgument] = AllInOne() } : [],
    ]);

    public static BuildDesign Design(IReadOnlyList<ChosenBuilder> chosen, BuildInput input) => new AppImage(chosen, input).Design();

    private BuildDesign Design()
    {
        var start = StartDecision.For(_input, _main.Name, _layers.Start);
        var image = new LayeredImage
        {
            Title = $"{_input.Package.Metadata.ImageReference}, builder {ChosenBuilder.NameOf(_chosen)}",
            Arguments = [.. Tools.Keys],
            Packages = [.. Apt.NamesIn(_input.Run.Packages), .. InImage.SelectMany(part => part.Packages), .. _parts.Packages],
            Environment = Merge(InImage.Select(part => part.Environment)),
            CarryTools = _parts.CarryPackage,
            Stages = WriteStages,
            CarryDependencies = text => InImage.ToList().ForEach(part => part.CarryDependencies(text)),
            CarrySource = text =>
            {
                CarrySource(text);
                _parts.CarryFiles(text);
            },
            VolumeTargets = VolumeFolders.Of(_input.Package),
            Tests = SmokeTest.For(_input, start),
        };
        return new BuildDesign
        {
            Dockerfile = image.ToDockerfile(),
            Bases = Merge([new Dictionary<string, ImageRecipe> { [LayeredImage.BaseArgument] = BaseOfAll() }, Tools]),
            Start = start,
            Port = _input.Run.Start.Count == 0 ? _layers.Start?.Port : null,
            Texts = Merge([.. InImage.Select(part => part.Texts), _parts.Texts]),
            Decisions =
            [
                .. _helpers.SelectMany(helper => helper.Layers.Decisions),
                .. _layers.Decisions,
                .. _parts.Decisions,
                StartDecision.Explain(_input, start, _layers.Start),
                SmokeTest.Explain(_input),
            ],
        };
    }

    // The package's own commands take the place of all that is automatic, and they run once.
    private Helper HelperOf(IAppBuilder builder, string? version)
    {
        var layers = builder.Layers(_input with
        {
            Version = version,
            StagePrefix = $"{builder.Name}-",
            BaseStage = SharesImage ? LayeredImage.BaseStageName : Helper.BaseStageOf(builder),
            SourceFrom = MadeByHelpers,
        });
        return new Helper(builder, HasCommands ? layers with { Stages = _ => { }, CarryDependencies = _ => { }, SourceStage = null } : layers);
    }

    private void CarrySource(DockerfileText text)
    {
        if (Script is not null)
        {
            _parts.RunScript(text, Script, Loans);
        }
        else if (_layers.CarrySource is { } carry)
        {
            carry(text);
        }
        else
        {
            text.CopySource(_layers.SourceStage ?? MadeByHelpers);
        }
    }

    private void WriteStages(DockerfileText text)
    {
        if (Script is not null)
        {
            Loans.ToList().ForEach(loan => loan.Stages(text));
            return;
        }

        foreach (var helper in _helpers.Where(_ => !HasCommands))
        {
            if (!SharesImage)
            {
                text.Base(helper.Argument, Helper.BaseStageOf(helper.Builder), helper.Layers.Packages);
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

    /// <summary>A further builder, and what it brings.</summary>
    private sealed record Helper(IAppBuilder Builder, AppLayers Layers)
    {
        /// <summary>The build argument that names its image, where it has one of its own.</summary>
        public string Argument => $"NUA_{Builder.Name.ToUpperInvariant()}";

        public static string BaseStageOf(IAppBuilder builder) => $"{builder.Name}-base";
    }
}
