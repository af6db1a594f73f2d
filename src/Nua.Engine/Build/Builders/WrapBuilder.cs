using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>An image somebody else built, with Nua's metadata added: its user, entry point and command stay.</summary>
internal sealed class WrapBuilder : IForeignBuilder
{
    private const string Wrapped = "NUA_WRAPPED";

    public string Name => "wrap";

    public IReadOnlyList<string> Aliases => [];

    public Recognition? Recognise(BuildInput input) => input.Build switch
    {
        { Method: BuildMethod.Wrap } => new Recognition("[build] method is \"wrap\"", []),
        { Method: null, BaseImage: not null } => new Recognition("[build] base-image names an image to wrap", []),
        _ => null,
    };

    public BuildDesign Design(BuildInput input)
    {
        var reference = input.Build.BaseImage ?? throw new NuaException(BuildProblems.NothingToWrap());
        var text = new DockerfileText(input.PackageSources).Comment($"{input.Package.Metadata.ImageReference}, builder {Name}").Argument(Wrapped).Argument(ForeignImage.AgentArgument);
        text.From($"${{{Wrapped}}}", "wrapped");
        ForeignImage.AddMetadata(text, "wrapped", input.Build.Test);
        return new BuildDesign
        {
            Dockerfile = text.ToString(),
            Bases = new Dictionary<string, ImageRecipe> { [Wrapped] = ForeignImage.Recipe(reference) },
            SourceAt = null,
            Decisions = [ForeignImage.ExplainStart, ForeignImage.ExplainTest(input)],
        };
    }
}
