using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>Ruby applications. Bundler installs what the distribution's gems do not satisfy; compilers stay out of the image.</summary>
internal sealed partial class RubyBuilder : IAppBuilder
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
    public Recognition? Recognise(BuildInput input) => input.Detected(Languages.Ruby) switch
    {
        { SuggestedStart: null } when input is { Build.DocumentRoot: not null, Run.Start: [] } => null,
        { } project => new Recognition(project.Because, project.DecidingFiles),
        null => input.BecauseItRuns(Programs) is { } because ? new Recognition(because, []) : null,
    };

    public AppLayers Layers(BuildInput input)
    {
        var wanted = WantedVersion.AskedFor(input, Name, Release, "the distribution's own, which is 3");
        var packages = Connectors.Ruby.For(input.Package);
        var stages = new RubyStages(input, RubyManifest.Read(input.Project), [.. Apt.NamesIn(input.Run.Packages).Union(packages)]);
        return new AppLayers
        {
            Base = RubyRecipe.Runtime,
            Tools = stages.NeedsTools ? new Dictionary<string, ImageRecipe> { [RubyStages.Argument] = RubyRecipe.Tools } : [],
            Packages = packages,
            Check = wanted?.Check("ruby --version"),
            Environment = stages.NeedsTools ? new Dictionary<string, string>(Production.Concat(stages.Environment)) : Production,
            Stages = stages.Write,
            CarryDependencies = stages.CarryDependencies,
            SourceStage = stages.SourceStage,
            Start = SuggestedStart.Of(input.Detected(Languages.Ruby)),
            Decisions = [.. WantedVersion.Explain(wanted), stages.Explain(), .. Connectors.Ruby.Explain(input.Package)],
        };
    }

    [GeneratedRegex(@"^[23](\.[0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Release { get; }
}
