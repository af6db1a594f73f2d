using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Ruby applications. Bundler installs what the distribution's gems do not satisfy; compilers stay out of the image.</summary>
internal sealed class RubyBuilder : IAppBuilder
{
    private static readonly string[] Programs = ["bundle", "puma", "rackup", "rails", "ruby"];

    private static readonly Dictionary<string, string> Production = new()
    {
        ["APP_ENV"] = "production",
        ["RACK_ENV"] = "production",
        ["RAILS_ENV"] = "production",
        ["RAILS_LOG_TO_STDOUT"] = "true",
        ["RAILS_SERVE_STATIC_FILES"] = "true",
    };

    public string Name => "ruby";

    public IReadOnlyList<string> Aliases => [];

    public bool SharesImage => false;

    // A site that some gem makes is a site.
    public Recognition? Recognise(BuildInput input)
    {
        var program = input.Run.Start.Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(Programs.Contains);
        return input.Detected(Languages.Ruby) switch
        {
            { SuggestedStart: null } when input is { Build.DocumentRoot: not null, Run.Start: [] } => null,
            { } project => new Recognition(project.Because, project.DecidingFiles),
            null => program is null ? null : new Recognition($"[run] start runs {program}", []),
        };
    }

    public AppLayers Layers(BuildInput input)
    {
        RefuseVersion(input.Version);
        var packages = Connectors.Ruby.For(input.Package);
        var stages = new RubyStages(input, RubyManifest.Read(input.Project), [.. Apt.NamesIn(input.Run.Packages).Union(packages)]);
        return new AppLayers
        {
            Base = RubyRecipe.Runtime,
            Tools = stages.NeedsTools ? new Dictionary<string, ImageRecipe> { [RubyStages.Argument] = RubyRecipe.Tools } : [],
            Packages = packages,
            Environment = stages.NeedsTools ? new Dictionary<string, string>(Production.Concat(stages.Environment)) : Production,
            Stages = stages.Write,
            CarryDependencies = stages.CarryDependencies,
            SourceStage = stages.SourceStage,
            CarrySource = stages.CarrySource,
            Start = SuggestedStart.Of(input.Detected(Languages.Ruby)),
            Decisions = [stages.Explain(), .. Connectors.Ruby.Explain(input.Package)],
        };
    }

    // The distribution has one, and its gems are made for that one.
    private static void RefuseVersion(string? version)
    {
        if (version is not (null or "3"))
        {
            throw new NuaException(BuildProblems.VersionUnavailable("ruby", version, "3, in the release that the distribution has"));
        }
    }
}
