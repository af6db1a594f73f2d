using Nua.Engine.Build.Dockerfiles;
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

    private AppImage(IReadOnlyList<ChosenBuilder> chosen, BuildInput input)
    {
        (_input, _chosen, _main) = (input, chosen, (IAppBuilder)chosen[0].Builder);
        foreach (var one in chosen.Skip(1))
        {
            _helpers.Add(HelperOf((IAppBuilder)one.Builder, one.Version));
        }

        _layers = _main.Layers(input with
        {
            Version = chosen[0].Version,
            SourceFrom = MadeByHelpers,
            CommandsFrom = CommandsNeedAll ? AllStage : null,
        });
    }

    private bool HasCommands => _input.Build.Commands.Count > 0;

    /// <summary>The commands run in the main builder's stage, in which the others' programs are only when they share its image.</summary>
    private bool CommandsNeedAll => _helpers.Count > 0 && HasCommands && !_main.SharesImage;

    private string? MadeByHelpers => _helpers.Select(helper => helper.Layers.SourceStage).LastOrDefault(stage => stage is not null);

    /// <summary>Those whose programs are in the image, the main one last.</summary>
    private IReadOnlyList<AppLayers> InImage => [.. _main.SharesImage ? _helpers.Select(helper => helper.Layers) : [], _layers];

    private IReadOnlyDictionary<string, ImageRecipe> Tools => Merge(
    [
        .. _helpers.Select(helper => helper.Layers.Tools),
        _layers.Tools,
        _main.SharesImage || HasCommands ? [] : _helpers.ToDictionary(helper => helper.Argument, helper => helper.Layers.Base),
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
            PackageSources = _input.PackageSources,
            Packages = [.. Apt.NamesIn(_input.Run.Packages), .. InImage.SelectMany(part => part.Packages)],
            Environment = Merge(InImage.Select(part => part.Environment)),
            Stages = WriteStages,
            CarryDependencies = text => InImage.ToList().ForEach(part => part.CarryDependencies(text)),
            CarrySource = _layers.CarrySource ?? (text => text.CopySource(_layers.SourceStage ?? MadeByHelpers)),
            VolumeTargets = VolumeFolders.Of(_input.Package),
            Tests = SmokeTest.For(_input, start),
        };
        return new BuildDesign
        {
            Dockerfile = image.ToDockerfile(),
            Bases = Merge([new Dictionary<string, ImageRecipe> { [LayeredImage.BaseArgument] = BaseOfAll() }, Tools]),
            Packages = _input.PackageSources.Folder,
            Start = start,
            Port = _input.Run.Start.Count == 0 ? _layers.Start?.Port : null,
            Texts = Merge(InImage.Select(part => part.Texts)),
            Decisions =
            [
                .. _helpers.SelectMany(helper => helper.Layers.Decisions),
                .. _layers.Decisions,
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
            BaseStage = _main.SharesImage ? LayeredImage.BaseStageName : Helper.BaseStageOf(builder),
            SourceFrom = MadeByHelpers,
        });
        return new Helper(builder, HasCommands ? layers with { Stages = _ => { }, CarryDependencies = _ => { }, SourceStage = null } : layers);
    }

    private void WriteStages(DockerfileText text)
    {
        foreach (var helper in _helpers.Where(_ => !HasCommands))
        {
            if (!_main.SharesImage)
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

    private ImageRecipe BaseOfAll() => ImageRecipe.Combine([_layers.Base, .. InImage.SkipLast(1).Select(part => part.Base)]);

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
