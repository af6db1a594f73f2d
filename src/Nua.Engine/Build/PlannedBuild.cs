using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build;

/// <summary>A plan, and the source it was made for.</summary>
internal sealed record PlannedBuild(BuildPlan Plan, SourceFolder Source)
{
    /// <summary>Whether it is built although nothing changed.</summary>
    public bool NoCache { get; init; }

    /// <summary>Those of its sub-applications, by name.</summary>
    public IReadOnlyDictionary<string, PlannedBuild> SubApplications { get; init; } = new Dictionary<string, PlannedBuild>();

    /// <summary>The same with a further label on the image.</summary>
    public PlannedBuild Labelled(string label, string value) =>
        this with { Plan = Plan with { Labels = new Dictionary<string, string>(Plan.Labels) { [label] = value } } };

    /// <summary>What of the source reaches the build.</summary>
    public SourceFolder UsedSource => Plan.SourceAt is null ? Source with { Entries = [] } : Source;

    /// <summary>
    /// Lays the context of the build; answers with its folder. That is the same for every build of an image, of which there is
    /// one at a time.
    /// </summary>
    public string LayContext(BuildSettings settings, CancellationToken cancellation)
    {
        var folder = Path.Combine(settings.Folder, Plan.Reference.Replace(':', '_'));
        BuildContext.Lay(folder, UsedSource, Plan.SourceAt ?? "", Plan.Texts, new Dictionary<string, string>(), cancellation);
        return folder;
    }
}
