using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>A package that brings its own Dockerfile: it is used as it is, and the metadata is added.</summary>
internal sealed class DockerfileBuilder : IForeignBuilder
{
    public string Name => DockerfileUse.Names[0];

    public IReadOnlyList<string> Aliases => [.. DockerfileUse.Names.Skip(1)];

    public Recognition? Recognise(BuildInput input) =>
        DockerfileUse.Builds(input.Build, input.Root.Sent) && input.Detected(Languages.Dockerfile) is { } own
            ? new Recognition(own.Because, own.DecidingFiles)
            : null;

    public BuildDesign Design(BuildInput input)
    {
        var path = input.Detected(Languages.Dockerfile)?.DecidingFiles[0] ?? throw new NuaException(BuildProblems.NoDockerfile());
        var own = OwnDockerfile.Parse(input.Root.Read(path) ?? "") ?? throw new NuaException(BuildProblems.BrokenDockerfile(path));
        if (own.BorrowsCache)
        {
            throw new NuaException(BuildProblems.ReservedCache(path));
        }

        var text = new DockerfileText(input.PackageSources);
        ForeignImage.AddMetadata(text, own.LastStage, input.Build.Test);
        return new BuildDesign
        {
            Dockerfile = $"{own.WithArgument(ForeignImage.AgentArgument)}\n# Added by Nua.\n{text}",
            NamedImages = own.Images,
            SourceAt = "",
            Decisions = [ForeignImage.ExplainStart, ForeignImage.ExplainTest(input)],
        };
    }
}
